'use client';
import { Button, Status, TextLink, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';

type Consents = Outputs['privacy']['consents'];
type Consent = Consents[number];

/** What the member agreed to, when and in which version; what is free can be taken back here. */
export function ConsentList({ first }: { first: Consents }) {
  const { data } = trpc.privacy.consents.useQuery(undefined, { initialData: first, staleTime: 0 });
  return <ul className="divide-y divide-line rounded-card border bg-raised">{data.map((consent) => <Row key={consent.key} consent={consent} />)}</ul>;
}

function Row({ consent }: { consent: Consent }) {
  const t = useTranslations('privacy.consents');
  const errorText = useErrorText();
  const show = useShow();
  const utils = trpc.useUtils();
  const say = trpc.privacy.sayConsent.useMutation({
    onSuccess: (_, { accepted }) => {
      toast.success(accepted ? t('agreed') : t('withdrawn'));
      void utils.privacy.consents.invalidate();
    },
    onError: (error) => toast.error(errorText(error)),
  });
  const { key, title, body, accepted, free, version, hash, history } = consent;
  return (
    <li className="space-y-2 px-4 py-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="font-semibold">{title}</p>
        {accepted === null ? <Status tone="neutral" shape="waiting">{t('never')}</Status> : accepted ? <Status tone="success" shape="done">{t('yes')}</Status> : <Status tone="neutral" shape="ended">{t('no')}</Status>}
      </div>
      {body === '' ? <TextLink href={`/legal/${key}`}>{t('read')}</TextLink> : <p className="text-note text-ink-muted">{body}</p>}
      {free && key === 'consentMarketing' ? (
        <Button size="small" variant="secondary" loading={say.isPending} onClick={() => say.mutate({ key, version, hash, accepted: accepted !== true })}>{accepted === true ? t('withdraw') : t('agree')}</Button>
      ) : null}
      {history.length === 0 ? null : (
        <details className="text-note">
          <summary className="cursor-pointer py-1 text-ink-muted">{t('history', { count: history.length })}</summary>
          <ul className="mt-1 space-y-1">
            {history.map((one) => <li key={one.id} className="flex flex-wrap justify-between gap-x-4"><span>{t('said', { accepted: String(one.accepted), version: one.version })}</span><span className="figures text-ink-muted">{show.moment(one.at)}</span></li>)}
          </ul>
        </details>
      )}
    </li>
  );
}
