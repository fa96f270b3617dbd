import { invoiceAmounts, money, parseDateOnly } from '@interdomestik/rules';
import type { Currency, TaxRule } from '@interdomestik/rules';
import type { InvoicePdfInput, PdfSeller, ReceiptPdfInput } from './types';

const seller: PdfSeller = {
  demo: true,
  legalName: 'Интердоместик Демо ДООЕЛ Скопје',
  address: 'ул. „Пробна“ бр. 1',
  city: '1000 Скопје',
  taxId: '4030000375897',
  vatId: 'MK4030000375897',
  registrationNumber: null,
  iban: 'MK07 2501 2000 0058 984',
  bank: 'Пробна банка АД Скопје',
  phone: '+389 2 000 0000',
  email: 'faktura@example.com',
};

const kosovoSeller: PdfSeller = {
  ...seller,
  legalName: 'Interdomestik Demo Sh.P.K.',
  address: 'Rr. e Provës nr. 1',
  city: '10000 Prishtinë',
  taxId: '600000001',
  vatId: '330000001',
  iban: 'XK05 1212 0123 4567 8906',
  bank: 'Banka e Provës Sh.A.',
  phone: '+383 38 000 000',
};

const tax: TaxRule = {
  rates: [
    { category: 'standard', rateBp: 1800 },
    { category: 'exempt', rateBp: 0 },
  ],
  membershipCategory: 'standard',
  successFeeCategory: 'standard',
  exemptTextKey: 'vatExempt',
  pricesIncludeVat: true,
};

/** An invoice with `count` lines, some of them exempt when `exempt` is set. */
export function sampleInvoice(country: 'mk' | 'ks', options: { count?: number; exempt?: boolean } = {}): InvoicePdfInput {
  const currency: Currency = country === 'mk' ? 'MKD' : 'EUR';
  const inputs = Array.from({ length: options.count ?? 2 }, (_, index) => ({
    description: index === 0 ? 'family' : 'card',
    quantity: index === 0 ? 1 : 3,
    gross: money(country === 'mk' ? 215_250n : 3500n, currency),
    category: options.exempt === true && index > 0 ? 'exempt' : 'standard',
  }));
  const amounts = invoiceAmounts(inputs, currency, tax);
  const texts: Readonly<Record<string, { mk: string; sq: string; sr: string; en: string }>> = {
    family: {
      mk: 'Годишно членство „Асистенца семејна“, 23.11.2026 – 22.11.2027, Ѓорѓи Џамбаски',
      sq: 'Anëtarësim vjetor “Asistenca familjare”, 23.11.2026 – 22.11.2027, Gjorgji Xhambaski',
      sr: 'Godišnje članstvo „Asistenca porodična“, 23.11.2026 – 22.11.2027',
      en: 'Annual membership Asistenca Family, 23.11.2026 – 22.11.2027',
    },
    card: { mk: 'Членска картичка', sq: 'Kartelë anëtarësie për fëmijë', sr: 'Članska kartica', en: 'Member card' },
  };
  return {
    type: 'invoice',
    number: country === 'mk' ? 'F-2026-000045' : 'FK-2026-000017',
    issuedAt: new Date('2026-11-23T09:30:00Z'),
    issuedOn: parseDateOnly('2026-11-23'),
    suppliedOn: parseDateOnly('2026-11-23'),
    dueOn: parseDateOnly('2026-12-01'),
    creditOf: null,
    languages: country === 'mk' ? { primary: 'mk', secondary: 'sq' } : { primary: 'sq', secondary: 'en' },
    currency,
    seller: country === 'mk' ? seller : kosovoSeller,
    buyer:
      country === 'mk'
        ? { name: 'Ѓорѓи Џамбаски', address: 'ул. „Љубљанска“ 12/3', city: 'Тетово', taxId: null, memberNumber: 'MEM-MK-000123' }
        : { name: 'Çlirim Gashi', address: 'Rr. Dëshmorët e Kombit 7', city: 'Pejë', taxId: '810000005', memberNumber: 'MEM-KS-000045' },
    lines: amounts.lines.map((line) => ({ ...line, description: texts[line.description] ?? {} })),
    vatTotals: amounts.vatTotals,
    net: amounts.net,
    vat: amounts.vat,
    gross: amounts.gross,
    exemption:
      amounts.exemptTextKey === null
        ? null
        : {
            mk: 'Ослободено од ДДВ според прописите што важат на денот на издавање.',
            sq: 'I liruar nga TVSH-ja sipas dispozitave që vlejnë në ditën e lëshimit.',
            en: 'Exempt from VAT under the provisions in force on the day of issue.',
          },
    payment:
      country === 'mk'
        ? { status: 'paid', method: 'cash', paidOn: parseDateOnly('2026-11-23'), reference: null }
        : { status: 'unpaid', method: 'bank_transfer', paidOn: null, reference: 'FK-2026-000017' },
    footer: {
      mk: 'Цените се со вклучен ДДВ. Фактурата е изготвена електронски и важи без печат и потпис.',
      sq: 'Çmimet përfshijnë TVSH-në. Fatura është përgatitur elektronikisht dhe vlen pa vulë e nënshkrim.',
      en: 'Prices include VAT. The invoice was made electronically and is valid without stamp and signature.',
    },
    accent: '#0f6b62',
  };
}

/** A cash receipt of a branch. */
export function sampleReceipt(country: 'mk' | 'ks'): ReceiptPdfInput {
  const invoice = sampleInvoice(country);
  return {
    number: 'R-2026-000045',
    issuedAt: invoice.issuedAt,
    timeZone: country === 'mk' ? 'Europe/Skopje' : 'Europe/Belgrade',
    languages: invoice.languages,
    seller: invoice.seller,
    payer: { name: invoice.buyer.name, memberNumber: invoice.buyer.memberNumber },
    amount: invoice.gross,
    purpose: { mk: 'Годишно членство', sq: 'Anëtarësim vjetor', en: 'Annual membership' },
    period: { start: parseDateOnly('2026-11-23'), end: parseDateOnly('2027-11-23') },
    invoiceNumber: invoice.number,
    agent: country === 'mk' ? 'Љупчо Ѓорѓиевски' : 'Driton Krasniqi',
    branch: country === 'mk' ? 'Тетово' : 'Pejë',
    accent: invoice.accent,
  };
}
