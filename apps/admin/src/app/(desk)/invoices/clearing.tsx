'use client';
import { Button, KeyValue, Notice, TextLink, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { Moment } from '../../_parts/values';

type Invoice = Outputs['invoices']['get'];

// i18n-keys: admin.invoices.clearance.*
/** Where an invoice stands with the tax authority's service: what it said, and what to do about it. */
export function Clearing({ invoice, mayIssue }: { invoice: Invoice; mayIssue: boolean }) {
  const t = useTranslations('admin.invoices.clearance');
  const errorText = useErrorText();
  const router = useRouter();
  const utils = trpc.useUtils();
  const again = trpc.clearances.sendAgain.useMutation({
    onSuccess: async () => {
      toast.success(t('sentAgain'));
      await utils.invoices.get.invalidate({ id: invoice.id });
      router.refresh();
    },
    onError: (error) => toast.error(errorText(error)),
  });
  const { clearance, clearing } = invoice;
  if (clearance === null || clearing === null) return null;
  const { problem, sentAt, decidedAt, clearanceId, qr, reason } = clearing;
  return (
    <section aria-label={t('title')} className="space-y-3 rounded-card border p-4">
      <div className="flex flex-wrap items-center justify-between gap-2"><h3 className="font-semibold">{t('title')}</h3><StateMark kind="clearance" value={clearance} /></div>
      {clearance === 'waiting' ? <Notice tone={problem === 'access' ? 'warning' : 'info'}>{t(problem ?? 'waiting')}</Notice> : null}
      {clearance === 'submitted' ? <p className="text-ink-muted">{t('submitted')}</p> : null}
      {clearance === 'rejected' ? <Notice tone="danger">{t('rejected', { reason: reason ?? '' })}</Notice> : null}
      <KeyValue
        items={[
          ...(clearanceId === null ? [] : [{ label: t('number'), value: <span className="figures break-all">{clearanceId}</span> }]),
          ...(clearance === 'waiting' || sentAt === null ? [] : [{ label: t('sentAt'), value: <Moment value={sentAt} /> }]),
          ...(decidedAt === null ? [] : [{ label: t('decidedAt'), value: <Moment value={decidedAt} /> }]),
        ]}
      />
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {qr !== null && /^https?:\/\//u.test(qr) ? <TextLink href={qr} target="_blank" rel="noreferrer">{t('check')}</TextLink> : null}
        {invoice.issuedDocumentId !== null && invoice.issuedDocumentId !== invoice.documentId ? <TextLink href={`/api/documents/${invoice.issuedDocumentId}`} target="_blank" rel="noreferrer">{t('asIssued')}</TextLink> : null}
        {clearance === 'rejected' && mayIssue ? <Button variant="secondary" size="small" loading={again.isPending} onClick={() => again.mutate({ invoiceId: invoice.id })}>{t('again')}</Button> : null}
      </div>
    </section>
  );
}
