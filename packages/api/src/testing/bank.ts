import { and, eq } from 'drizzle-orm';
import { withTenant } from '@interdomestik/db';
import { paymentAccounts, payments } from '@interdomestik/db/schema';
import { newId, withCheckDigits } from '@interdomestik/rules';
import { callerFor, systemScopeOf, visitorOf } from './callers';
import { joinInputOf } from './join';
import type { TestTenant } from './world';

/** Gives a tenant a bank account that transfers go to, once; its id. */
export async function bankAccountOf(tenant: TestTenant): Promise<string> {
  const { issuer } = tenant.pack.rules.invoicing;
  const [currency = 'EUR'] = tenant.pack.currencies;
  return await withTenant(await systemScopeOf(tenant), async (tx) => {
    const [known] = await tx.select({ id: paymentAccounts.id }).from(paymentAccounts).where(and(eq(paymentAccounts.tenantId, tenant.id), eq(paymentAccounts.provider, 'bank_transfer')));
    if (known !== undefined) return known.id;
    const id = newId();
    await tx.insert(paymentAccounts).values({
      tenantId: tenant.id, id, provider: 'bank_transfer', slug: 'main', name: 'Bank', currency, environment: 'local', taxDocumentIssuer: 'tenant',
      bankDetails: { beneficiary: issuer.legalName, address: issuer.address, iban: withCheckDigits(issuer.iban), bank: issuer.bank, swift: null },
    });
    return id;
  });
}

/** Somebody new who joins alone and will pay by transfer. */
export async function transferSaleOf(tenant: TestTenant, changes: Record<string, unknown> = {}) {
  const input = joinInputOf(tenant, { payment: 'bank_transfer', ...changes });
  const { paymentId, membershipId, checkoutUrl } = await callerFor(await visitorOf(tenant), { ip: newId() }).accounts.join(input);
  if (paymentId === null || membershipId === null) throw new Error('the test sale was not made');
  const [payment] = await withTenant(await systemScopeOf(tenant), (tx) => tx.select().from(payments).where(and(eq(payments.tenantId, tenant.id), eq(payments.id, paymentId))));
  if (payment?.providerTransactionId == null) throw new Error('the test sale has no reference');
  return { tenant, paymentId, membershipId, checkoutUrl, userId: payment.userId, reference: payment.providerTransactionId, minor: payment.amountMinor, expiresOn: payment.expiresOn ?? '', email: input.email, name: `${input.firstName} ${input.lastName}` };
}

export interface TestLine {
  readonly on: string;
  readonly minor: bigint;
  readonly payer?: string;
  readonly account?: string;
  readonly purpose?: string;
  readonly reference?: string;
  readonly id?: string;
}

/** Minor units as a bank of the region writes them. */
export function written(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/gu, '.')},${digits.slice(-2)}`;
}

/** A statement as a bank gives it: its own head above the table, and a sum below. */
export function statementOf(lines: readonly TestLine[]): string {
  const rows = lines.map(({ on, minor, payer = '', account = '', purpose = '', reference = '', id = '' }) => [on.split('-').toReversed().join('.'), id, payer, account, purpose, reference, written(minor)].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'));
  return ['"Demo banka"', '"Izvod";"1"', 'Datum;Broj transakcije;Uplatilac;Račun;Svrha plaćanja;Poziv na broj;Iznos', ...rows, ''].join('\r\n');
}

export const base64Of = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
