import { exponentOf, type Money } from '@interdomestik/rules';
import type { ClearanceDocument } from '../vendors/clearance';
import type { InvoicePdfInput } from '../vendors/pdf';

/** `1234.50`, as machines read it. */
function decimal({ minor, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return `${minor < 0n ? '-' : ''}${whole}${exponent === 0 ? '' : `.${digits.slice(digits.length - exponent)}`}`;
}

const rate = (rateBp: number): string => `${Math.floor(rateBp / 100)}.${String(rateBp % 100).padStart(2, '0')}`;

/** What the service is told of a document: nothing but what it prints, so that paper and register agree. */
export function composeDocument(printed: InvoicePdfInput, corrects: string | null): ClearanceDocument {
  const { seller, buyer, languages: { primary } } = printed;
  return {
    type: printed.type, number: printed.number, issuedAt: printed.issuedAt.toISOString(), issuedOn: printed.issuedOn, suppliedOn: printed.suppliedOn, currency: printed.currency, corrects, correctsNumber: printed.creditOf,
    seller: { name: seller.legalName, taxId: seller.taxId, vatId: seller.vatId, address: seller.address, city: seller.city },
    buyer: { name: buyer.name, taxId: buyer.taxId, address: buyer.address, city: buyer.city },
    paymentMethod: printed.payment.method,
    lines: printed.lines.map(({ description, quantity, rateBp, net, vat, gross }) => ({ description: description[primary] ?? '', quantity, vatRate: rate(rateBp), net: decimal(net), vat: decimal(vat), total: decimal(gross) })),
    vatTotals: printed.vatTotals.map(({ rateBp, net, vat }) => ({ vatRate: rate(rateBp), net: decimal(net), vat: decimal(vat) })),
    net: decimal(printed.net), vat: decimal(printed.vat), total: decimal(printed.gross),
  };
}
