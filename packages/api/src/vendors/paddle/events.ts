import { DomainError } from '@interdomestik/rules';
import { z } from 'zod';
import { providerAdjustmentStatuses, providerTransactionStatuses } from '../payment-provider';
import type { ProviderAdjustment, ProviderCustomer, ProviderTransaction } from '../payment-provider';

const id = z.string().min(1).max(80);
const text = z.string().max(2000).nullish().transform((value) => value ?? null);
const minor = z.string().regex(/^-?\d{1,15}$/u).transform((value) => BigInt(value));
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const maybeInstant = instant.nullish().transform((value) => value ?? null);
const currency = z.string().regex(/^[A-Z]{3}$/u).nullish().transform((value) => value ?? null);
const customData = z.record(z.string(), z.unknown()).nullish().transform((value) => value ?? {});

const envelopeSchema = z.object({ event_id: id, event_type: id, occurred_at: instant, data: z.object({ id: id.optional() }).loose() });

const totalsSchema = z.object({
  subtotal: minor,
  tax: minor,
  total: minor,
  grand_total: minor,
  fee: minor.nullish().transform((value) => value ?? null),
});

const paymentSchema = z.object({ status: z.string(), amount: minor, error_code: text, captured_at: maybeInstant });

const transactionSchema = z
  .object({
    id,
    status: z.enum(providerTransactionStatuses).catch('unknown'),
    customer_id: text,
    subscription_id: text,
    currency_code: currency,
    details: z
      .object({
        totals: totalsSchema.nullish(),
        line_items: z.array(z.object({ id, totals: z.object({ total: minor }).nullish() })).nullish(),
      })
      .nullish(),
    payments: z.array(paymentSchema).nullish(),
    invoice_number: text,
    checkout: z.object({ url: text }).nullish(),
    custom_data: customData,
    created_at: maybeInstant,
    updated_at: maybeInstant,
    billed_at: maybeInstant,
  })
  .transform((given): ProviderTransaction => {
    const totals = given.details?.totals;
    return {
      id: given.id,
      status: given.status,
      customerId: given.customer_id,
      subscriptionId: given.subscription_id,
      currency: given.currency_code,
      totals: totals ? { subtotal: totals.subtotal, tax: totals.tax, total: totals.total, grandTotal: totals.grand_total, fee: totals.fee } : null,
      payments: (given.payments ?? []).map((payment) => ({
        status: payment.status,
        amount: payment.amount,
        errorCode: payment.error_code,
        capturedAt: payment.captured_at,
      })),
      lineItems: (given.details?.line_items ?? []).flatMap((item) => (item.totals ? [{ id: item.id, total: item.totals.total }] : [])),
      invoiceNumber: given.invoice_number,
      checkoutUrl: given.checkout?.url ?? null,
      customData: given.custom_data,
      createdAt: given.created_at,
      updatedAt: given.updated_at,
      billedAt: given.billed_at,
    };
  });

const adjustmentSchema = z
  .object({
    id,
    action: z.string().min(1),
    status: z.enum(providerAdjustmentStatuses).catch('unknown'),
    transaction_id: id,
    customer_id: text,
    reason: text,
    currency_code: currency,
    totals: z.object({ total: minor, tax: minor }).nullish(),
    created_at: maybeInstant,
    updated_at: maybeInstant,
  })
  .transform(
    (given): ProviderAdjustment => ({
      id: given.id,
      action: given.action,
      status: given.status,
      transactionId: given.transaction_id,
      customerId: given.customer_id,
      reason: given.reason,
      currency: given.currency_code,
      total: given.totals?.total ?? null,
      tax: given.totals?.tax ?? null,
      createdAt: given.created_at,
      updatedAt: given.updated_at,
    }),
  );

const customerSchema = z
  .object({ id, email: text, name: text, locale: text, status: text })
  .transform((given): ProviderCustomer => given);

const subscriptionSchema = z
  .object({ id, status: z.string().min(1), customer_id: text, transaction_id: text, custom_data: customData })
  .transform((given) => ({
    id: given.id,
    status: given.status,
    customerId: given.customer_id,
    /** Only in `subscription.created`. */
    transactionId: given.transaction_id,
    customData: given.custom_data,
  }));

export type PaddleSubscription = z.output<typeof subscriptionSchema>;

export type PaddleEnvelope = { readonly id: string; readonly type: string; readonly occurredAt: Date };

export type PaddleEvent = PaddleEnvelope &
  (
    | { readonly kind: 'transaction'; readonly transaction: ProviderTransaction }
    | { readonly kind: 'adjustment'; readonly adjustment: ProviderAdjustment }
    | { readonly kind: 'customer'; readonly customer: ProviderCustomer }
    | { readonly kind: 'subscription'; readonly subscription: PaddleSubscription }
    | { readonly kind: 'other' }
  );

function refuse(cause: unknown): DomainError {
  return new DomainError('INVALID', 'errors.payment.event', { cause });
}

function readJson(raw: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof raw === 'string' ? raw : new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch (error) {
    throw refuse(error);
  }
}

function parseWith<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refuse(parsed.error);
  return parsed.data;
}

function envelopeOf(value: unknown) {
  const parsed = parseWith(envelopeSchema, value);
  return { head: { id: parsed.event_id, type: parsed.event_type, occurredAt: parsed.occurred_at }, data: parsed.data };
}

/** What the inbox needs before anything is understood: event id, type and time. Throws DomainError INVALID `errors.payment.event`. */
export function parsePaddleEnvelope(raw: string | Uint8Array): PaddleEnvelope {
  return envelopeOf(readJson(raw)).head;
}

/**
 * Reads a verified event into our own types: amounts as bigint minor units, absent parts as null or empty, so that a thin payload
 * parses too. A type that we do not use is `other`. Throws DomainError INVALID `errors.payment.event` for anything malformed.
 */
export function parsePaddleEvent(raw: string | Uint8Array): PaddleEvent {
  const { head, data } = envelopeOf(readJson(raw));
  switch (head.type.split('.', 1)[0]) {
    case 'transaction':
      return { ...head, kind: 'transaction', transaction: parseWith(transactionSchema, data) };
    case 'adjustment':
      return { ...head, kind: 'adjustment', adjustment: parseWith(adjustmentSchema, data) };
    case 'customer':
      return { ...head, kind: 'customer', customer: parseWith(customerSchema, data) };
    case 'subscription':
      return { ...head, kind: 'subscription', subscription: parseWith(subscriptionSchema, data) };
    default:
      return { ...head, kind: 'other' };
  }
}
