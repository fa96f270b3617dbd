'use client';
import { Button, ButtonLink, Card, Field, Notice, Select } from '@interdomestik/ui';
import { Download, RefreshCw } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { StoredRule } from '../editor';
import { sameJson } from '../paths';

const papers = ['unpaid', 'paid', 'creditNote', 'receipt'] as const;
type Paper = (typeof papers)[number];

interface Shown {
  readonly url: string;
  readonly fileName: string;
  readonly paper: Paper;
  readonly invoicing: StoredRule<'invoicing'>;
}

/** The bytes of a base64 text as a file that this page alone can open. */
function addressOf(pdf: string): string {
  return URL.createObjectURL(new Blob([Uint8Array.from(atob(pdf), (character) => character.charCodeAt(0))], { type: 'application/pdf' }));
}

// i18n-keys: editors.invoicing.papers.*
/** A paper as the draft would make it, through the code that makes the real ones: shown in the page, and to be downloaded. */
export function SamplePaper({ invoicing }: { invoicing: StoredRule<'invoicing'> }) {
  const t = useTranslations('editors.invoicing');
  const errorText = useErrorText();
  const [paper, setPaper] = useState<Paper>('unpaid');
  const [shown, setShown] = useState<Shown | null>(null);
  const make = trpc.settings.samplePaper.useMutation({ meta: { quiet: true } });
  useEffect(() => () => { if (shown !== null) URL.revokeObjectURL(shown.url); }, [shown]);
  const show = async (next: Paper): Promise<void> => {
    setPaper(next);
    const made = await make.mutateAsync({ paper: next, invoicing }).catch(() => null);
    if (made !== null) setShown({ url: addressOf(made.pdf), fileName: made.fileName, paper: next, invoicing });
  };
  const stale = shown !== null && !sameJson(shown.invoicing, invoicing);
  return (
    <Card title={t('sample')} level={3}>
      <div className="space-y-4">
        <p className="max-w-prose text-note text-ink-muted">{t('sampleHelp')}</p>
        <div className="flex flex-wrap items-end gap-3">
          <Field label={t('paper')} className="w-full sm:w-72"><Select value={paper} options={papers.map((one) => ({ value: one, label: t(`papers.${one}`) }))} onValueChange={(next) => { const chosen = papers.find((one) => one === next) ?? paper; if (shown === null) setPaper(chosen); else void show(chosen); }} /></Field>
          <Button variant="secondary" icon={<RefreshCw />} loading={make.isPending} onClick={() => void show(paper)}>{shown === null ? t('show') : t('showAgain')}</Button>
          {shown === null ? null : <ButtonLink variant="ghost" icon={<Download />} href={shown.url} download={shown.fileName}>{t('download')}</ButtonLink>}
        </div>
        {make.isError ? <Notice tone="danger" live>{t('notMade')} {errorText(make.error)}</Notice> : null}
        {stale && !make.isPending ? <Notice tone="info" live>{t('stale')}</Notice> : null}
        {shown === null ? null : (
          <>
            <iframe key={shown.url} src={shown.url} title={t('sampleOf', { paper: t(`papers.${shown.paper}`) })} className="hidden h-[46rem] w-full rounded-control border bg-sunken sm:block" />
            <p className="text-note text-ink-muted sm:hidden">{t('phone')}</p>
          </>
        )}
      </div>
    </Card>
  );
}
