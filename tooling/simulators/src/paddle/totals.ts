import type { CurrencyCode, IPriceResponse, IProductResponse, ITransactionDetailsResponse } from '@paddle/paddle-node-sdk';
import { newPaddleId } from './clock';

export type Line = { readonly price: IPriceResponse; readonly product: IProductResponse; readonly quantity: number };

type Amounts = { subtotal: bigint; tax: bigint; total: bigint };

const whole = 10_000n;

function half(n: bigint, d: bigint): bigint {
  return (n * 2n + d) / (d * 2n);
}

function amountsOf(line: Line, quantity: bigint, rateBp: bigint): Amounts {
  const charged = BigInt(line.price.unit_price.amount) * quantity;
  if (line.price.tax_mode === 'external') {
    const tax = half(charged * rateBp, whole);
    return { subtotal: charged, tax, total: charged + tax };
  }
  const tax = half(charged * rateBp, whole + rateBp);
  return { subtotal: charged - tax, tax, total: charged };
}

function written({ subtotal, tax, total }: Amounts) {
  return { subtotal: String(subtotal), discount: '0', tax: String(tax), total: String(total) };
}

function rateText(rateBp: number): string {
  return String(rateBp / 10_000);
}

/** Splits the tax part out of an amount that contains it. */
export function splitTax(total: bigint, rateBp: number): Amounts {
  const tax = half(total * BigInt(rateBp), whole + BigInt(rateBp));
  return { subtotal: total - tax, tax, total };
}

/** 5 % and 50 cents, as the provider's list price. */
export function feeOf(total: bigint): bigint {
  const fee = half(total * 500n, whole) + 50n;
  return fee < total ? fee : total;
}

/** What a transaction comes to. Fee and earnings appear once it is `settled`. */
export function detailsOf(lines: readonly Line[], currency: CurrencyCode, rateBp: number, settled: boolean, lineIds: readonly string[] = []): ITransactionDetailsResponse {
  const rate = BigInt(rateBp);
  const amounts = lines.map((line) => amountsOf(line, BigInt(line.quantity), rate));
  const sum = amounts.reduce<Amounts>(
    (all, one) => ({ subtotal: all.subtotal + one.subtotal, tax: all.tax + one.tax, total: all.total + one.total }),
    { subtotal: 0n, tax: 0n, total: 0n },
  );
  const fee = feeOf(sum.total);
  const money = settled ? { fee: String(fee), earnings: String(sum.subtotal - fee) } : { fee: null, earnings: null };
  return {
    tax_rates_used: [{ tax_rate: rateText(rateBp), totals: written(sum) }],
    totals: {
      ...written(sum),
      credit: '0',
      credit_to_balance: '0',
      balance: settled ? '0' : String(sum.total),
      grand_total: String(sum.total),
      grand_total_tax: String(sum.tax),
      ...money,
      currency_code: currency,
    },
    adjusted_totals: {
      subtotal: String(sum.subtotal),
      tax: String(sum.tax),
      total: String(sum.total),
      grand_total: String(sum.total),
      grand_total_tax: String(sum.tax),
      ...money,
      currency_code: currency,
      retained_fee: '0',
    },
    payout_totals: null,
    adjusted_payout_totals: null,
    line_items: lines.map((line, index) => ({
      id: lineIds[index] ?? newPaddleId('txnitm'),
      price_id: line.price.id,
      quantity: line.quantity,
      proration: null,
      tax_rate: rateText(rateBp),
      unit_totals: written(amountsOf(line, 1n, rate)),
      totals: written(amountsOf(line, BigInt(line.quantity), rate)),
      product: line.product,
    })),
  };
}
