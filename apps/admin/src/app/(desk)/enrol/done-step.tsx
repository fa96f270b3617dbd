'use client';
import { printIban, printReference } from '@interdomestik/rules/bank';
import { Button, ButtonLink, KeyValue, Notice, Skeleton, type KeyValueItem } from '@interdomestik/ui';
import { Download, Printer, UserPlus } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { savePdf } from '../../_parts/save-pdf';
import { useFormats } from '../../_parts/use-formats';
import { CopyText } from '../../_parts/copy-text';

export type Enrolled = Outputs['enrolments']['enrol'] & { readonly name: string };

const soon = 2_000;

/** What came of it: numbers to write down, papers to hand over, the link to pay. */
export function DoneStep({ enrolled, onAgain }: { enrolled: Enrolled; onAgain: () => void }) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common');
  const { invoiceId, receiptId, payLink } = enrolled;
  // papers are drawn by the worker a moment later
  const invoice = trpc.invoices.get.useQuery({ id: invoiceId ?? '' }, { enabled: invoiceId !== null, refetchInterval: ({ state }) => (state.data?.documentId == null ? soon : false) });
  const receipt = trpc.documents.forEntity.useQuery({ entity: 'receipt', entityId: receiptId ?? '' }, { enabled: receiptId !== null, refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'stored') === true ? false : soon) });
  const invoicePdf = invoice.data?.documentId ?? null;
  const receiptPdf = receipt.data?.find(({ status }) => status === 'stored')?.id ?? null;
  const active = enrolled.memberNumber !== null;
  const code = (value: string) => <span className="figures text-base font-semibold">{value}</span>;
  const items: KeyValueItem[] = [
    { label: c('fields.name'), value: enrolled.name },
    ...(enrolled.memberNumber === null ? [] : [{ label: c('fields.memberNumber'), value: code(enrolled.memberNumber) }]),
    ...(enrolled.receiptCode === null ? [] : [{ label: c('nouns.receipt'), value: code(enrolled.receiptCode), action: <Paper id={receiptPdf} wanted={receiptId !== null} /> }]),
    ...(enrolled.invoiceCode === null ? [] : [{ label: c('nouns.invoice'), value: code(enrolled.invoiceCode), action: <Paper id={invoicePdf} wanted /> }]),
  ];
  return (
    <div className="space-y-6">
      <Notice tone="success" live title={active ? t('doneActive', { name: enrolled.name }) : t('doneWaiting', { name: enrolled.name })}>{active ? t('doneActiveHelp') : enrolled.transfer ? t('doneTransferHelp') : t('doneWaitingHelp')}</Notice>
      <KeyValue className="border-y" items={items} />
      {enrolled.transfer && enrolled.paymentId !== null ? <Slip paymentId={enrolled.paymentId} /> : active ? null : payLink === null ? <Notice tone="info">{t('linkComes')}</Notice> : (
        <div>
          <p className="font-semibold">{t('payLink')}</p>
          <p className="mt-1 mb-2 break-all text-ink-muted">{payLink}</p>
          <CopyText text={payLink} label={c('actions.copyLink')} />
        </div>
      )}
      <div className="flex flex-wrap gap-2 print:hidden">
        <Button icon={<UserPlus />} onClick={onAgain}>{t('another')}</Button>
        <ButtonLink variant="secondary" href={`/members/${enrolled.memberId}`}>{t('toMember')}</ButtonLink>
        {active ? <Button variant="secondary" icon={<Printer />} onClick={() => window.print()}>{c('actions.print')}</Button> : null}
      </div>
    </div>
  );
}

/** What the member writes on the transfer order, to read out and to print. */
function Slip({ paymentId }: { paymentId: string }) {
  const t = useTranslations('admin.enrol');
  const formats = useFormats();
  const utils = trpc.useUtils();
  const slip = trpc.payments.slip.useQuery({ paymentId });
  if (slip.data === undefined) return <Skeleton className="h-32 w-full" />;
  const { details, amount, reference, expiresOn, title, referenceLabel } = slip.data;
  return (
    <section aria-label={title ?? t('slip')}>
      <h3 className="font-semibold">{title ?? t('slip')}</h3>
      <KeyValue
        className="mt-2 border-y"
        items={[
          { label: t('slipBeneficiary'), value: details.beneficiary },
          { label: t('slipAccount'), value: <span className="figures">{printIban(details.iban)}</span> },
          { label: t('slipAmount'), value: <span className="figures">{formats.money(amount)}</span> },
          { label: referenceLabel ?? t('slipReference'), value: <span className="figures text-base font-semibold">{printReference(reference)}</span> },
          { label: t('slipUntil'), value: formats.day(expiresOn) },
        ]}
      />
      <Button className="mt-3 print:hidden" variant="secondary" icon={<Download />} onClick={() => void utils.payments.slipFile.fetch({ paymentId }).then(savePdf)}>{t('slipPdf')}</Button>
    </section>
  );
}

function Paper({ id, wanted }: { id: string | null; wanted: boolean }) {
  const t = useTranslations('admin.enrol');
  const i = useTranslations('admin.invoices');
  if (id !== null) return <a href={`/api/documents/${id}`} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 text-accent underline underline-offset-3 print:hidden"><Download className="size-4" aria-hidden="true" />{i('pdf')}</a>;
  return wanted ? <span className="text-note text-ink-muted print:hidden" role="status">{t('making')}</span> : null;
}
