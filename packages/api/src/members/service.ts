import { and, desc, eq } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { can, maskPersonalNumber, notFound, parsePhone } from '@interdomestik/rules';
import { inAction, visible, withTenant, type ScopedTable, type TenantScope } from '@interdomestik/db';
import { branches, cards, claims, documents, invoices, memberships, payments, policies, user } from '@interdomestik/db/schema';
import { membershipStatusOf, moneyOf } from '../memberships/service';
import { recordOpening } from '../privacy/opened';
import { nameColumns } from './search';

/** A table whose rows are about one member. */
type OwnedTable = ScopedTable & { readonly userId: AnyPgColumn };

/** One member in reach with everything that hangs on the person. Claims show their content only to those who may read it. */
export async function getMember(scope: TenantScope, id: string) {
  return await withTenant(inAction(scope, 'members.get'), async (tx) => {
    const [person] = await tx.select({
      id: user.id, memberNumber: user.memberNumber, firstName: user.firstName, lastName: user.lastName, email: user.email, phone: user.phone,
      personalNumber: user.personalNumber, birthDate: user.birthDate, address: user.address, city: user.city, locale: user.locale, status: user.status,
      emailVerifiedAt: user.emailVerifiedAt, createdAt: user.createdAt, branchId: user.branchId, branchName: branches.name, agentId: user.agentId,
    }).from(user).innerJoin(branches, and(eq(branches.tenantId, user.tenantId), eq(branches.id, user.branchId)))
      .where(and(visible(scope, user), eq(user.id, id)));
    if (person === undefined) throw notFound();
    await recordOpening(tx, inAction(scope, 'members.get'), { entity: 'user', id: person.id, branchId: person.branchId });
    const own = (table: OwnedTable) => and(visible(scope, table), eq(table.userId, id));
    const [agent, membershipRows, paymentRows, claimRows, documentRows, invoiceRows, policyRows, cardRows] = await Promise.all([
      person.agentId === null ? [] : tx.select({ firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, person.agentId))),
      tx.select().from(memberships).where(own(memberships)).orderBy(desc(memberships.createdAt)).limit(50),
      tx.select().from(payments).where(own(payments)).orderBy(desc(payments.createdAt)).limit(50),
      tx.select().from(claims).where(own(claims)).orderBy(desc(claims.createdAt)).limit(50),
      tx.select().from(documents).where(own(documents)).orderBy(desc(documents.createdAt)).limit(50),
      tx.select({ id: invoices.id, code: invoices.code, status: invoices.status, issuedOn: invoices.issuedOn, totalMinor: invoices.totalMinor, currency: invoices.currency, documentId: invoices.documentId })
        .from(invoices).where(own(invoices)).orderBy(desc(invoices.issuedAt)).limit(50),
      tx.select().from(policies).where(own(policies)).orderBy(desc(policies.createdAt)).limit(50),
      tx.select({ id: cards.id, revokedAt: cards.revokedAt }).from(cards).where(own(cards)).limit(10),
    ]);
    const full = can(scope.permissions, 'claims.read');
    const seesPapers = can(scope.permissions, 'documents.read');
    return {
      ...person,
      personalNumber: person.personalNumber === null ? null : full ? person.personalNumber : maskPersonalNumber(person.personalNumber),
      agentName: agent[0] === undefined ? null : `${agent[0].firstName} ${agent[0].lastName}`,
      emailVerified: person.emailVerifiedAt !== null,
      hasCard: cardRows.some(({ revokedAt }) => revokedAt === null),
      memberships: membershipRows.map((row) => ({
        id: row.id, planCode: row.planCode, status: membershipStatusOf(row.status), channel: row.channel, startsOn: row.startsOn, endsOn: row.endsOn,
        price: moneyOf(row.priceMinor, row.currency), createdAt: row.createdAt,
      })),
      payments: paymentRows.map((row) => ({
        id: row.id, method: row.method, status: row.status, amount: moneyOf(row.amountMinor, row.currency), refunded: moneyOf(row.refundedMinor, row.currency),
        paidAt: row.paidAt, createdAt: row.createdAt,
      })),
      claims: claimRows.map((row) => ({
        id: row.id, code: row.code, status: row.status, category: row.category, createdAt: row.createdAt, submittedAt: row.submittedAt,
        counterparty: full ? row.counterparty : null,
        claimed: full && row.claimedMinor !== null ? moneyOf(row.claimedMinor, row.currency) : null,
      })),
      documents: seesPapers ? documentRows.map((row) => ({ id: row.id, entity: row.entity, fileName: row.fileName, mime: row.mime, status: row.status, sizeBytes: row.sizeBytes, createdAt: row.createdAt })) : [],
      invoices: invoiceRows.map((row) => ({ id: row.id, code: row.code, status: row.status, issuedOn: row.issuedOn, total: moneyOf(row.totalMinor, row.currency), documentId: row.documentId })),
      policies: seesPapers ? policyRows.map((row) => ({ id: row.id, insurer: row.insurer, policyNumber: row.policyNumber, kind: row.kind, endsOn: row.endsOn })) : [],
    };
  });
}

export interface ContactChange {
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly city: string | null;
}

/** Corrects how a member is named and reached. The address to sign in with is the member's own to change. */
export async function updateContact(scope: TenantScope, id: string, change: ContactChange, now: Date): Promise<void> {
  const { firstName, lastName, phone: typed, ...rest } = change;
  const phone = typed === null || typed.trim() === '' ? null : parsePhone(typed, scope.tenant.country).e164;
  await withTenant(inAction(scope, 'members.updateContact'), async (tx) => {
    const changed = await tx.update(user).set({ ...nameColumns(firstName, lastName), ...rest, phone, updatedAt: now })
      .where(and(visible(scope, user), eq(user.id, id))).returning({ id: user.id });
    if (changed.length === 0) throw notFound();
  });
}
