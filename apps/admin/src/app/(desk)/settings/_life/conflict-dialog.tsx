'use client';
import { mergeThree, type RuleKind } from '@interdomestik/rules/rule-sets';
import { Button, Dialog, ErrorState, SkeletonText, toast } from '@interdomestik/ui';
import { Copy } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../../_parts/use-formats';
import { useSay } from '../_kinds/use-say';
import { differencesOf } from './difference';
import { DifferenceList } from './difference-list';
import type { VersionPage } from './types';
import type { DraftWork, Saved } from './use-draft-work';
import { placeText, valueText } from './words';

/** Somebody else saved in between: who, what is different, and three ways on, none of which loses what was typed unasked. */
export function ConflictDialog({ kind, branchId, work }: { kind: RuleKind; branchId: string | null; work: DraftWork }) {
  const t = useTranslations('settings.conflict');
  const errorText = useErrorText();
  const latest = trpc.settings.kind.useQuery({ kind, branchId }, { staleTime: 0, gcTime: 0 });
  const id = latest.data?.draft?.id;
  const page = trpc.settings.version.useQuery({ id: id ?? '' }, { enabled: id !== undefined, staleTime: 0, gcTime: 0 });
  const failure = latest.error ?? page.error;
  return (
    <Dialog open wide onOpenChange={work.closeConflict} title={t('title')} description={page.data === undefined ? undefined : <Who page={page.data} />} footer={page.data === undefined ? undefined : <Ways kind={kind} work={work} page={page.data} />}>
      {failure !== null ? <ErrorState title={errorText(failure)} onRetry={() => { void latest.refetch(); void page.refetch(); }} /> : page.data === undefined ? <SkeletonText /> : (
        <>
          <h3 className="mb-1 font-semibold">{t('differences')}</h3>
          <DifferenceList kind={kind} before={page.data.resolved} after={work.value} />
        </>
      )}
    </Dialog>
  );
}

function Who({ page }: { page: VersionPage }) {
  const t = useTranslations('settings.conflict');
  const person = page.updatedBy ?? page.createdBy;
  return <>{person === null ? t('whoUnknown') : t('who', { name: person.name })}</>;
}

const savedOf = ({ value: _value, resolved, issues, ...version }: VersionPage): Saved => ({ version, value: resolved, note: version.note, issues });

function Ways({ kind, work, page }: { kind: RuleKind; work: DraftWork; page: VersionPage }) {
  const t = useTranslations('settings.conflict');
  const c = useTranslations('common.ui');
  const say = useSay();
  const formats = useFormats();
  const copy = async () => {
    const lines = differencesOf(work.saved.value, work.value).map(({ steps, before, after }) => `${placeText(say, steps)}: ${valueText(say, kind, steps, before)} → ${valueText(say, kind, steps, after)}`);
    await navigator.clipboard.writeText([formats.moment(new Date()), ...lines, work.note].join('\n'));
    toast.success(c('copied'));
  };
  return (
    <>
      <Button onClick={() => work.standOn(savedOf(page), mergeThree(work.saved.value, work.value, page.resolved).value)}>{t('mineOnTop')}</Button>
      <Button variant="secondary" onClick={() => work.load(savedOf(page))}>{t('loadTheirs')}</Button>
      <Button variant="ghost" icon={<Copy />} onClick={() => void copy()}>{t('copyMine')}</Button>
    </>
  );
}
