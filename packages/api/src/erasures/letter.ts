import { and, count, eq, max, sql } from 'drizzle-orm';
import { addYears, erasureLetterSchema, isDateOnly, isLocale, notFound, taxDocumentsUntil, todayIn, type ErasureLetter, type KeptKind, type Locale, type RetentionRule } from '@interdomestik/rules';
import { readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, claims, erasureRequests, invoices, ledgerEntries, ledgerTransactions, payments, user } from '@interdomestik/db/schema';
import { ruleOf } from '../settings/rules';
import { renderErasureLetterPdf } from '../vendors/pdf';
import { filesThatGo } from './files';

interface Held {
  readonly what: KeptKind;
  readonly count: number;
  readonly last: string | null;
}

async function heldByLaw(tx: Tx, { tenantId, tenant }: TenantScope, userId: string): Promise<Held[]> {
  const day = (instant: string | null): string | null => (instant === null ? null : todayIn(tenant.timeZone, new Date(instant)));
  const [bills] = await tx.select({ count: count(), last: max(invoices.issuedOn) }).from(invoices).where(and(eq(invoices.tenantId, tenantId), eq(invoices.userId, userId)));
  const [paid] = await tx.select({ count: count(), last: sql<string | null>`max(${payments.createdAt})::text` }).from(payments).where(and(eq(payments.tenantId, tenantId), eq(payments.userId, userId)));
  const booked = tx.select({ id: payments.id }).from(payments).where(and(eq(payments.tenantId, tenantId), eq(payments.userId, userId)));
  const [books] = await tx.select({ count: count(), last: sql<string | null>`max(${ledgerEntries.occurredAt})::text` }).from(ledgerEntries)
    .innerJoin(ledgerTransactions, and(eq(ledgerTransactions.tenantId, ledgerEntries.tenantId), eq(ledgerTransactions.id, ledgerEntries.transactionId)))
    .where(and(eq(ledgerEntries.tenantId, tenantId), sql`${ledgerTransactions.sourceId} in (${booked})`));
  const [trail] = await tx.select({ count: count(), last: sql<string | null>`max(${auditLogs.at})::text` }).from(auditLogs).where(and(eq(auditLogs.tenantId, tenantId), eq(auditLogs.entity, 'user'), eq(auditLogs.entityId, userId)));
  return [
    { what: 'invoices', count: bills?.count ?? 0, last: bills?.last ?? null }, { what: 'payments', count: paid?.count ?? 0, last: day(paid?.last ?? null) },
    { what: 'ledger', count: books?.count ?? 0, last: day(books?.last ?? null) }, { what: 'trail', count: trail?.count ?? 0, last: day(trail?.last ?? null) },
  ];
}

const untilOf = (rule: RetentionRule, { what, last }: Held): string | null => {
  if (last === null || !isDateOnly(last)) return null;
  return what === 'trail' ? addYears(last, rule.auditYears) : taxDocumentsUntil(rule, last);
};

/** What the letter to somebody who is about to be erased says: numbers and dates, no name. */
export async function composeLetter(scope: TenantScope, userId: string, now: Date): Promise<ErasureLetter> {
  const { value: rule } = await ruleOf(scope, 'retention', now);
  const files = await filesThatGo(scope, userId);
  return await readTenantLetter(scope, userId, rule, files, now);
}

async function readTenantLetter(scope: TenantScope, userId: string, rule: RetentionRule, files: number, now: Date): Promise<ErasureLetter> {
  return await withTenant(scope, async (tx) => {
    const [person] = await tx.select({ memberNumber: user.memberNumber }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId)));
    const told = await tx.$count(claims, and(eq(claims.tenantId, scope.tenantId), eq(claims.userId, userId)));
    const kept = (await heldByLaw(tx, scope, userId)).flatMap((held) => {
      const until = untilOf(rule, held);
      return until === null || held.count === 0 ? [] : [{ what: held.what, count: held.count, until }];
    });
    return { on: todayIn(scope.tenant.timeZone, now), memberNumber: person?.memberNumber ?? null, claims: told, files, kept, law: rule.lawReference };
  });
}

/** The letter of an erasure as a PDF, in the member's language. Throws NOT_FOUND while there is none. */
export async function letterPdf(scope: TenantScope, requestId: string): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }> {
  const [row] = await readTenant(scope, (tx) => tx.select({ letter: erasureRequests.letter, createdAt: erasureRequests.decidedAt, locale: user.locale }).from(erasureRequests)
    .innerJoin(user, and(eq(user.tenantId, erasureRequests.tenantId), eq(user.id, erasureRequests.userId))).where(and(eq(erasureRequests.tenantId, scope.tenantId), eq(erasureRequests.id, requestId))));
  const letter = erasureLetterSchema.safeParse(row?.letter).data;
  if (row === undefined || letter === undefined) throw notFound();
  const at = row.createdAt ?? new Date(`${letter.on}T12:00:00Z`);
  const [invoicing, branding] = await Promise.all([ruleOf(scope, 'invoicing', at), ruleOf(scope, 'branding', at)]);
  const locale: Locale = isLocale(row.locale) ? row.locale : 'en';
  const number = requestId.slice(-12).toUpperCase();
  return { fileName: `${letter.on}-${number}.pdf`, bytes: await renderErasureLetterPdf({ number, issuedAt: at, languages: { primary: locale, secondary: null }, seller: invoicing.value.issuer, accent: branding.value.accent, letter }) };
}
