'use client';
import { statementFields, type StatementField } from '@interdomestik/rules/bank';
import { Button, Dialog, Field, FileDrop, NativeSelect, Notice, toast, type DropFile } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';

type Account = Outputs['bank']['statements']['accounts'][number];
type Preview = Outputs['bank']['preview'];

/** Bytes as text that JSON carries. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

interface StatementDialogProps {
  readonly accounts: readonly Account[];
  readonly onClose: () => void;
}

/** A file is looked at before it is taken in: which column is what, how much comes in and goes out, and which lines cannot be read. */
export function StatementDialog({ accounts, onClose }: StatementDialogProps) {
  const t = useTranslations('bank');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const router = useRouter();
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? '');
  const [file, setFile] = useState<{ readonly name: string; readonly data: string } | null>(null);
  const preview = trpc.bank.preview.useMutation({ meta: { quiet: true } });
  const take = trpc.bank.take.useMutation({
    meta: { quiet: true },
    onSuccess: ({ lines, fresh }) => {
      toast.success(t('taken', { lines, fresh }));
      onClose();
      router.refresh();
    },
  });
  const look = (chosen: { readonly name: string; readonly data: string }, account: string, mapping?: Preview['mapping']) => {
    take.reset();
    preview.mutate({ accountId: account, ...chosen, ...(mapping === undefined ? {} : { mapping }) });
  };
  const choose = async ([chosen]: File[]) => {
    if (chosen === undefined) return;
    const read = { name: chosen.name, data: base64Of(new Uint8Array(await chosen.arrayBuffer())) };
    setFile(read);
    look(read, accountId);
  };
  const seen = preview.data;
  const files: DropFile[] = file === null ? [] : [{ id: file.name, name: file.name, status: preview.isError ? 'failed' : preview.isPending ? 'uploading' : 'done', ...(preview.isError ? { error: errorText(preview.error), retry: false } : {}) }];
  const ready = file !== null && seen !== undefined && seen.totals !== null && seen.problems.length === 0 && !preview.isPending;
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('readIn')}
      description={t('readInHelp')}
      footer={
        <>
          <Button disabled={!ready} loading={take.isPending} onClick={() => { if (file !== null && seen !== undefined) take.mutate({ accountId, ...file, mapping: seen.mapping }); }}>{t('takeIn')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('cancel')}</Button>
        </>
      }
    >
      <div className="space-y-5">
        {accounts.length > 1 ? (
          <Field label={t('account')}>
            <NativeSelect value={accountId} options={accounts.map(({ id, name, currency }) => ({ value: id, label: `${name}, ${currency}` }))} onChange={(event) => { setAccountId(event.target.value); if (file !== null) look(file, event.target.value); }} />
          </Field>
        ) : null}
        <FileDrop files={files} multiple={false} camera={false} accept=".csv,.txt,text/csv" onFiles={(chosen) => void choose(chosen)} onRemove={() => { setFile(null); preview.reset(); }} help={t('fileHelp')} />
        {take.isError ? <Notice tone="danger" live>{errorText(take.error)}</Notice> : null}
        {seen === undefined || file === null || preview.isError ? null : <Seen seen={seen} onMapping={(mapping) => look(file, accountId, mapping)} />}
      </div>
    </Dialog>
  );
}

// i18n-keys: bank.columns.*, bank.problems.*
function Seen({ seen, onMapping }: { seen: Preview; onMapping: (mapping: Preview['mapping']) => void }) {
  const t = useTranslations('bank');
  const formats = useFormats();
  const change = (at: number, field: StatementField | null) => onMapping(seen.mapping.map((one, index) => (index === at ? field : one === field ? null : one)));
  const options = [{ value: '', label: t('columns.none') }, ...statementFields.map((field) => ({ value: field, label: t(`columns.${field}`) }))];
  return (
    <div className="space-y-4" aria-live="polite">
      {seen.totals === null ? <Notice tone="warning">{t('columnsMissing')}</Notice> : <p>{t('previewTotals', { lines: seen.lines, incoming: formats.money(seen.totals.incoming), outgoing: formats.money(seen.totals.outgoing) })}</p>}
      {seen.isEncodingCertain ? null : <Notice tone="info">{t('encodingUnsure')}</Notice>}
      {seen.problems.length === 0 ? null : <Notice tone="danger" title={t('problemsTitle')}>{seen.problems.slice(0, 5).map(({ line, problem }) => <p key={line}>{t('problem', { line, what: t(`problems.${problem === 'date' ? 'date' : problem === 'amount' ? 'amount' : 'currency'}`) })}</p>)}</Notice>}
      <ul className="divide-y divide-line border-y">
        {seen.header.map((name, at) => (
          <li key={`${name}-${String(at)}`} className="grid items-center gap-x-4 gap-y-1 py-2 sm:grid-cols-3">
            <span className="font-semibold break-words">{name || '–'}</span>
            <span className="text-note break-words text-ink-muted">{seen.sample.map(({ cells }) => cells[at] ?? '').find((cell) => cell !== '') ?? '–'}</span>
            <NativeSelect aria-label={t('meaning', { column: name })} value={seen.mapping[at] ?? ''} options={options} onChange={(event) => change(at, statementFields.find((field) => field === event.target.value) ?? null)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
