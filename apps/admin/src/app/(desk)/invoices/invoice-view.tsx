'use client';
import { KeyValue, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { useWord } from '../../_parts/use-word';
import { Day, Sum } from '../../_parts/values';
import { Clearing } from './clearing';

type Invoice = Outputs['invoices']['get'];

/** An invoice as it was issued: seller, buyer, lines and tax, frozen on that day. */
export function InvoiceView({ invoice, mayIssue }: { invoice: Invoice; mayIssue: boolean }) {
  const t = useTranslations('admin.invoices');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  const { seller, buyer } = invoice;
  const party = (...lines: (string | null | undefined)[]) => <span className="whitespace-pre-line">{lines.filter(Boolean).join('\n')}</span>;
  const head = 'border-b py-1.5 text-note font-semibold text-ink-muted';
  return (
    <div className="space-y-6">
      {seller.demo ? <Notice tone="warning">{t('demo')}</Notice> : null}
      <Clearing invoice={invoice} mayIssue={mayIssue} />
      <KeyValue
        items={[
          { label: t('seller'), value: party(seller.legalName, seller.address, seller.city, `${c('fields.taxId')}: ${seller.taxId}`) },
          { label: t('buyer'), value: party(buyer.name, buyer.address, buyer.city, buyer.memberNumber) },
          { label: t('issuedOn'), value: <Day value={invoice.issuedOn} /> },
          { label: t('dueOn'), value: <Day value={invoice.dueOn} /> },
          { label: c('fields.paymentMethod'), value: invoice.method === null ? '–' : word('paymentMethods', invoice.method) },
          { label: t('languages'), value: invoice.languages.map((language) => word('languages', language)).join(', ') },
        ]}
      />
      <table className="w-full text-left">
        <thead>
          <tr>
            <th scope="col" className={`${head} pr-3`}>{c('fields.description')}</th>
            <th scope="col" className={`${head} px-2 text-right`}>{c('fields.vat')}</th>
            <th scope="col" className={`${head} pl-3 text-right`}>{c('fields.total')}</th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line) => (
            <tr key={`${line.description} ${line.total.minor.toString()}`}>
              <td className="border-b py-2 pr-3">{line.quantity === 1 ? line.description : `${formats.count(line.quantity)} × ${line.description}`}</td>
              <td className="figures border-b px-2 py-2 text-right whitespace-nowrap">{formats.percent(line.vatRateBp)}</td>
              <td className="border-b py-2 pl-3 text-right"><Sum value={line.total} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr><td /><td className="px-2 pt-2 text-right text-ink-muted">{c('fields.net')}</td><td className="pt-2 pl-3 text-right"><Sum value={invoice.net} /></td></tr>
          <tr><td /><td className="px-2 text-right text-ink-muted">{c('fields.vat')}</td><td className="pl-3 text-right"><Sum value={invoice.vat} /></td></tr>
          <tr><td /><td className="px-2 text-right font-semibold">{c('fields.total')}</td><td className="pl-3 text-right"><Sum value={invoice.total} strong /></td></tr>
        </tfoot>
      </table>
    </div>
  );
}
