'use client';
import { Button, ErrorState, Notice, Prose, TextDiff, TextLink, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';

type Changed = Outputs['privacy']['changedTexts'][number];

/** Terms or privacy words that changed since the member accepted them: what is new, and one tap to accept. */
export function ChangedTexts({ texts }: { texts: readonly Changed[] }) {
  return <>{texts.map((text) => <ChangedText key={text.key} text={text} />)}</>;
}

// i18n-keys: member.changedTexts.titles.*, member.changedTexts.firstTitles.*
function ChangedText({ text }: { text: Changed }) {
  const t = useTranslations('member.changedTexts');
  const errorText = useErrorText();
  const router = useRouter();
  const accept = trpc.privacy.acceptText.useMutation({ meta: { quiet: true }, onSuccess: () => { toast.success(t('done')); router.refresh(); } });
  const { before } = text;
  const words = { added: t('added'), removed: t('removed'), same: t('same'), unchanged: (count: number) => t('unchanged', { count }) };
  return (
    <Notice
      tone="warning" title={before === null ? t(`firstTitles.${text.key}`) : t(`titles.${text.key}`)}
      actions={
        <>
          <Button loading={accept.isPending} onClick={() => accept.mutate({ key: text.key, version: text.version, hash: text.hash })}>{t('accept')}</Button>
          <TextLink kind="standalone" href={`/legal/${text.key}`}>{t('whole')}</TextLink>
        </>
      }
    >
      <p>{before === null ? t('firstText') : t('text')}</p>
      <details className="mt-2">
        <summary className="inline-flex min-h-control items-center font-semibold">{before === null ? t('read') : t('whatChanged')}</summary>
        <div className="mt-1 max-h-96 overflow-y-auto rounded-control border bg-raised p-3">
          {before === null ? <Prose text={text.body} level={3} /> : <TextDiff before={`${before.title}\n${before.body}`} after={`${text.title}\n${text.body}`} words={words} />}
        </div>
      </details>
      {accept.isError ? <ErrorState title={t('notAccepted')} onRetry={() => router.refresh()}>{errorText(accept.error)}</ErrorState> : null}
    </Notice>
  );
}
