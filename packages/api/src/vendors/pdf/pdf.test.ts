import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleInvoice, sampleReceipt } from './samples';
import { renderInvoicePdf, renderReceiptPdf } from '.';

function poppler(tool: 'pdftotext' | 'pdfinfo' | 'pdffonts', pdf: Uint8Array, ...options: string[]): string {
  try {
    return execFileSync(tool, [...options, '-', ...(tool === 'pdftotext' ? ['-'] : [])], { input: pdf, encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(`${tool} is missing. Install it: apt-get install -y poppler-utils`, { cause: error });
    }
    throw error;
  }
}

const textOf = (pdf: Uint8Array): string => poppler('pdftotext', pdf, '-layout');
const hash = (pdf: Uint8Array): string => createHash('sha256').update(pdf).digest('hex');

const zone = process.env['TZ'];
beforeAll(() => {
  process.env['TZ'] = 'Asia/Tokyo';
});
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe('renderInvoicePdf', () => {
  it('sets Macedonian with Albanian beside it, letter for letter', async () => {
    const text = textOf(await renderInvoicePdf(sampleInvoice('mk')));
    for (const words of [
      'Фактура', 'Faturë', 'F-2026-000045', '23.11.2026', 'Интердоместик Демо ДООЕЛ Скопје', '4030000375897',
      'Ѓорѓи Џамбаски', 'ул. „Љубљанска“ 12/3, Тетово', 'MEM-MK-000123', 'Цена без ДДВ', 'Çmimi pa TVSH',
      'Членска картичка', 'Kartelë anëtarësie për fëmijë', '2.152,50', '4.305,00 ден.', 'Вкупно платено', 'Gjithsej e paguar',
      'Платено на 23.11.2026 во готовина', 'Paguar më 23.11.2026 me para në dorë', 'Страница 1 од 1', 'Faqja 1 nga 1',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('sets Albanian with English beside it, with bank details while unpaid and the exemption', async () => {
    const text = textOf(await renderInvoicePdf(sampleInvoice('ks', { exempt: true })));
    for (const words of [
      'Faturë', 'Invoice', 'Çlirim Gashi', 'Rr. Dëshmorët e Kombit 7, Pejë', 'XK05 1212 0123 4567 8906', '70,00 €',
      'E papaguar, paguani deri më 01.12.2026', 'I liruar nga TVSH-ja', 'Exempt from VAT', 'Për pagesë',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('P-15 shows number and code of a cleared invoice, and is otherwise the paper of the day of issue', async () => {
    const cleared = await renderInvoicePdf({ ...sampleInvoice('mk'), clearance: { id: 'EF-0123456789ABCDEF0123', qr: 'https://e-faktura.example/verify/EF-0123456789ABCDEF0123' } });
    for (const words of ['EF-0123456789ABCDEF0123', 'Регистрирано кај даночниот орган', 'Regjistruar te autoriteti tatimor', 'Ѓорѓи Џамбаски', 'Страница 1 од 1']) expect(textOf(cleared)).toContain(words);
  });

  it('gives the same bytes for the same input, also on a machine in another zone', async () => {
    const first = await renderInvoicePdf(sampleInvoice('mk'));
    process.env['TZ'] = 'America/New_York';
    expect(hash(await renderInvoicePdf(sampleInvoice('mk')))).toBe(hash(first));
    expect(hash(await renderInvoicePdf({ ...sampleInvoice('mk'), number: 'F-2026-000046' }))).not.toBe(hash(first));
    expect(poppler('pdfinfo', first, '-isodates')).toMatch(/CreationDate:\s+2026-11-23T/u);
  });

  it('says on every page that invented legal details make no tax document, and only then', async () => {
    const demo = textOf(await renderInvoicePdf(sampleInvoice('mk', { count: 60 })));
    const pages = demo.split('\f').filter((page) => page.trim() !== '');
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('ПРОБЕН ДОКУМЕНТ');
      expect(page).toContain(`Страница ${index + 1} од ${pages.length}`);
      expect(page).toContain('F-2026-000045');
    }
    const input = sampleInvoice('mk');
    expect(textOf(await renderInvoicePdf({ ...input, seller: { ...input.seller, demo: false } }))).not.toContain('ПРОБЕН');
  });

  it('a credit note names the invoice that it takes back', async () => {
    const text = textOf(
      await renderInvoicePdf({
        ...sampleInvoice('mk'),
        type: 'creditNote',
        number: 'K-2026-000002',
        creditOf: 'F-2026-000045',
        payment: { status: 'credited', method: null, paidOn: null, reference: null },
      }),
    );
    for (const words of ['Книжно одобрение', 'Notë krediti', 'За фактура', 'F-2026-000045', 'Вкупно одобрено', 'Сторнирана']) {
      expect(text).toContain(words);
    }
  });

  it('one language alone is set without a second', async () => {
    const text = textOf(await renderInvoicePdf({ ...sampleInvoice('mk'), languages: { primary: 'mk', secondary: null } }));
    expect(text).toContain('Фактура');
    expect(text).not.toMatch(/Faturë|Gjithsej/u);
  });

  it('S-12 hostile and endless names stay text on the page', async () => {
    const input = sampleInvoice('mk');
    const name = `<script>alert(1)</script> (Tj) \\ \r\n\u202e🚗 ${'Ѓ'.repeat(500)}`;
    const pdf = await renderInvoicePdf({ ...input, buyer: { ...input.buyer, name, address: name }, seller: { ...input.seller, demo: false, legalName: name } });
    expect(textOf(pdf)).toContain('<script>alert(1)</script>');
    expect(Buffer.from(pdf).toString('latin1')).not.toMatch(/\/(?:JavaScript|JS|URI|Launch)\b/u);
  });

  it('embeds its letters, in a file a mail can carry', async () => {
    const pdf = await renderInvoicePdf(sampleInvoice('mk'));
    expect(poppler('pdffonts', pdf).split('\n').slice(2).filter(Boolean)).toHaveLength(2);
    expect(poppler('pdffonts', pdf)).not.toMatch(/Helvetica|Times|Courier/u);
    expect(pdf.byteLength).toBeLessThan(60_000);
  });

  it('shows every letter of the languages around, and of a foreigner\'s name', async () => {
    const name = 'Ѓ ѓ Ќ ќ Љ љ Њ њ Џ џ Ѕ ѕ Ј ј Ѐ ѐ Ѝ ѝ Ђ ђ Ћ ћ Ë ë Ç ç Č č Ć ć Š š Ž ž Đ đ Ğ ğ İ ı Ş ş Ő ű Ł ł Ř ř Ș ț ß Ø å Ñ Ελένη Їжак';
    const input = sampleInvoice('ks');
    const text = textOf(await renderInvoicePdf({ ...input, seller: { ...input.seller, demo: false, legalName: name } })).replaceAll(/\s+/gu, ' ');
    for (const word of name.split(' ')) expect(text).toContain(word);
  });
});

describe('renderReceiptPdf', () => {
  it('shows who took how much from whom, on the clock of the branch', async () => {
    const text = textOf(await renderReceiptPdf(sampleReceipt('mk')));
    for (const words of [
      'Потврда за прием на готовина', 'Vërtetim për pranimin e parave', 'R-2026-000045', '4.305,00 ден.', 'Ѓорѓи Џамбаски',
      'Љупчо Ѓорѓиевски', 'Тетово', '23.11.2026 10:30', '23.11.2026 – 22.11.2027', 'MEM-MK-000123', 'Потпис на агентот',
    ]) {
      expect(text).toContain(words);
    }
    expect(poppler('pdfinfo', await renderReceiptPdf(sampleReceipt('mk')))).toMatch(/Pages:\s+1\n/u);
  });

  it('gives the same bytes for the same input', async () => {
    expect(hash(await renderReceiptPdf(sampleReceipt('ks')))).toBe(hash(await renderReceiptPdf(sampleReceipt('ks'))));
  });
});

describe('samples', () => {
  it('say on every page, in both languages, that they are none, and nothing else does', async () => {
    const sample = textOf(await renderInvoicePdf({ ...sampleInvoice('mk', { count: 60 }), sample: true }));
    const pages = sample.split('\f').filter((page) => page.trim() !== '');
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) {
      expect(page).toContain('ПРИМЕР ОД ПОСТАВКИТЕ');
      expect(page).toContain('SHEMBULL NGA PARAMETRAT');
    }
    const receipt = sampleReceipt('ks');
    expect(textOf(await renderReceiptPdf({ ...receipt, sample: true, seller: { ...receipt.seller, demo: false } }))).toContain('SHEMBULL NGA PARAMETRAT');
    expect(textOf(await renderInvoicePdf(sampleInvoice('mk')))).not.toContain('ПРИМЕР ОД');
  });
});
