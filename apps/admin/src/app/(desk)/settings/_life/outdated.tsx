'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { Button, Dialog, Notice, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useSay } from '../_kinds/use-say';
import { stepsTo } from './difference';
import type { Version } from './types';
import type { Saved } from './use-draft-work';
import { placeText, valueText } from './words';

interface OutdatedProps {
  readonly version: Version;
  readonly kind: RuleKind;
  readonly newest: number | null;
  readonly dirty: boolean;
  readonly onRebased: (saved: Saved) => void;
}

type Clash = Outputs['settings']['rebase']['conflicts'][number];

/** The draft began from a version that is no longer the newest: makes its changes again on that one, and asks whose counts where both touched the same. */
export function Outdated({ version, kind, newest, dirty, onRebased }: OutdatedProps) {
  const t = useTranslations('settings.outdated');
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const [clashes, setClashes] = useState<readonly Clash[]>([]);
  const rebase = trpc.settings.rebase.useMutation({
    onSuccess: async (made) => {
      setClashes(made.conflicts);
      if (made.conflicts.length > 0) return;
      const { value: _stored, resolved, issues, ...page } = await utils.settings.version.fetch({ id: version.id }, { staleTime: 0 });
      toast.success(t('done'));
      onRebased({ version: page, value: resolved, note: page.note, issues });
    },
    onError: () => undefined,
  });
  const again = (keep: 'mine' | 'theirs' | null) => rebase.mutate({ id: version.id, revision: version.revision, keep });
  return (
    <Notice
      tone="warning" title={newest === null ? t('titleNone') : t('title', { version: newest })}
      actions={<Button size="small" variant="secondary" disabled={dirty} loading={rebase.isPending} onClick={() => again(null)}>{t('rebase')}</Button>}
    >
      {dirty ? t('saveFirst') : t('help')}
      {rebase.error === null ? null : <span className="mt-1 block font-semibold text-danger-ink">{errorText(rebase.error)}</span>}
      {clashes.length === 0 ? null : (
        <Dialog
          open wide onOpenChange={() => setClashes([])} title={t('clashTitle')} description={t('clashHelp')}
          footer={<><Button loading={rebase.isPending} onClick={() => again('mine')}>{t('mine')}</Button><Button variant="secondary" onClick={() => again('theirs')}>{t('theirs')}</Button></>}
        >
          <ul className="divide-y divide-line">{clashes.map((clash) => <ClashLine key={clash.path} kind={kind} clash={clash} />)}</ul>
        </Dialog>
      )}
    </Notice>
  );
}

function ClashLine({ kind, clash }: { kind: RuleKind; clash: Clash }) {
  const t = useTranslations('settings.outdated');
  const say = useSay();
  const steps = stepsTo({}, clash.path);
  return (
    <li className="py-2.5">
      <p className="font-semibold">{placeText(say, steps)}</p>
      <dl className="text-note">
        <div className="flex gap-2"><dt className="text-ink-muted">{t('yours')}</dt><dd className="min-w-0 break-words">{valueText(say, kind, steps, clash.mine)}</dd></div>
        <div className="flex gap-2"><dt className="text-ink-muted">{t('others')}</dt><dd className="min-w-0 break-words">{valueText(say, kind, steps, clash.theirs)}</dd></div>
      </dl>
    </li>
  );
}
