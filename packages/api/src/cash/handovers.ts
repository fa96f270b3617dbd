import { and, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { differenceOf, fullName } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, cashCounts, cashDepositItems, cashDeposits, cashHandovers, documents, user } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { moneyOf } from '../memberships/service';

/** Where handed over cash is: the branch has still to count it, the branch has it, the bank has it, or its collector has it back. */
export const handoverStates = ['waiting', 'in_branch', 'banked', 'returned'] as const;
export type HandoverState = (typeof handoverStates)[number];

const collector = alias(user, 'collector');
const counter = alias(user, 'counter');

const stateIs: Readonly<Record<HandoverState, ReturnType<typeof and>>> = {
  waiting: isNull(cashCounts.id),
  in_branch: and(eq(cashCounts.outcome, 'confirmed'), isNull(cashDepositItems.id)),
  banked: isNotNull(cashDepositItems.id),
  returned: eq(cashCounts.outcome, 'returned'),
};

function stateOf(row: { readonly outcome: string | null; readonly depositId: string | null }): HandoverState {
  if (row.outcome === null) return 'waiting';
  if (row.outcome === 'returned') return 'returned';
  return row.depositId === null ? 'in_branch' : 'banked';
}

const person = (first: string | null, last: string | null) => (first === null || last === null ? null : fullName({ firstName: first, lastName: last }));

export interface HandoverListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly filters?: { readonly state?: HandoverState | undefined } | undefined;
}

/** Handovers in reach, newest first: what was said, what was counted, and where the cash is now. */
export async function listHandovers(scope: TenantScope, input: HandoverListInput) {
  const { state } = input.filters ?? {};
  return await withTenant(inAction(scope, 'cash.handovers'), async (tx) => {
    const rows = await tx.select({
      id: cashHandovers.id, at: exactInstant(cashHandovers.handedAt), minor: cashHandovers.amountMinor, currency: cashHandovers.currency, receipts: cashHandovers.receipts, handedAt: cashHandovers.handedAt,
      branchId: cashHandovers.branchId, branchName: branches.name, agentId: cashHandovers.agentId, agentFirst: collector.firstName, agentLast: collector.lastName, handedBy: cashHandovers.handedBy,
      outcome: cashCounts.outcome, countedMinor: cashCounts.countedMinor, note: cashCounts.note, countedAt: cashCounts.countedAt, counterFirst: counter.firstName, counterLast: counter.lastName,
      depositId: cashDepositItems.depositId, slip: cashDeposits.slip, depositedOn: cashDeposits.depositedOn,
    }).from(cashHandovers)
      .innerJoin(branches, and(eq(branches.tenantId, cashHandovers.tenantId), eq(branches.id, cashHandovers.branchId)))
      .leftJoin(cashCounts, and(eq(cashCounts.tenantId, cashHandovers.tenantId), eq(cashCounts.handoverId, cashHandovers.id)))
      .leftJoin(cashDepositItems, and(eq(cashDepositItems.tenantId, cashHandovers.tenantId), eq(cashDepositItems.handoverId, cashHandovers.id)))
      .leftJoin(cashDeposits, and(eq(cashDeposits.tenantId, cashDepositItems.tenantId), eq(cashDeposits.id, cashDepositItems.depositId)))
      // staff of the whole tenant have no branch, and a branch does not see them: their names may be missing
      .leftJoin(collector, and(eq(collector.tenantId, cashHandovers.tenantId), eq(collector.id, cashHandovers.agentId)))
      .leftJoin(counter, and(eq(counter.tenantId, cashCounts.tenantId), eq(counter.id, cashCounts.countedBy)))
      .where(and(visible(scope, cashHandovers), olderThan(cashHandovers.handedAt, cashHandovers.id, input.cursor), state === undefined ? undefined : stateIs[state]))
      .orderBy(desc(cashHandovers.handedAt), desc(cashHandovers.id)).limit(input.limit + 1);
    const page = newestPage(rows, input.limit);
    const me = scope.actor.kind === 'user' ? scope.actor.id : null;
    return {
      nextCursor: page.nextCursor,
      items: page.items.map((row) => {
        const said = moneyOf(row.minor, row.currency);
        const counted = row.countedMinor === null || row.outcome === 'returned' ? null : moneyOf(row.countedMinor, row.currency);
        return {
          id: row.id, amount: said, counted, difference: counted === null ? null : differenceOf(said, counted), receipts: row.receipts, handedAt: row.handedAt, state: stateOf(row), branchId: row.branchId, branchName: row.branchName,
          agentId: row.agentId, agentName: person(row.agentFirst, row.agentLast), note: row.note, countedAt: row.countedAt, countedBy: person(row.counterFirst, row.counterLast),
          depositId: row.depositId, slip: row.slip, depositedOn: row.depositedOn, mine: row.agentId === me || row.handedBy === me,
        };
      }),
    };
  });
}

/** What branches in reach paid into the bank, newest first, with the picture of the slip where there is one. */
export async function listDeposits(scope: TenantScope, input: { readonly cursor?: string | undefined; readonly limit: number }) {
  return await withTenant(inAction(scope, 'cash.deposits'), async (tx) => {
    const rows = await tx.select({
      id: cashDeposits.id, at: exactInstant(cashDeposits.bankedAt), minor: cashDeposits.amountMinor, currency: cashDeposits.currency, slip: cashDeposits.slip, depositedOn: cashDeposits.depositedOn, bankedAt: cashDeposits.bankedAt,
      branchName: branches.name, first: counter.firstName, last: counter.lastName,
      handovers: sql<number>`(select count(*)::int from ${cashDepositItems} where ${cashDepositItems.tenantId} = ${cashDeposits}.tenant_id and ${cashDepositItems.depositId} = ${cashDeposits}.id)`,
    }).from(cashDeposits)
      .innerJoin(branches, and(eq(branches.tenantId, cashDeposits.tenantId), eq(branches.id, cashDeposits.branchId)))
      .leftJoin(counter, and(eq(counter.tenantId, cashDeposits.tenantId), eq(counter.id, cashDeposits.bankedBy)))
      .where(and(visible(scope, cashDeposits), olderThan(cashDeposits.bankedAt, cashDeposits.id, input.cursor)))
      .orderBy(desc(cashDeposits.bankedAt), desc(cashDeposits.id)).limit(input.limit + 1);
    const page = newestPage(rows, input.limit);
    const pictures = page.items.length === 0 ? [] : await tx.select({ id: documents.id, depositId: documents.entityId }).from(documents)
      .where(and(visible(scope, documents), eq(documents.entity, 'deposit'), inArray(documents.entityId, page.items.map(({ id }) => id)), eq(documents.status, 'stored'))).orderBy(documents.createdAt);
    const pictureOf = new Map(pictures.map(({ id, depositId }) => [depositId, id]));
    return {
      nextCursor: page.nextCursor,
      items: page.items.map((row) => ({
        id: row.id, amount: moneyOf(row.minor, row.currency), slip: row.slip, depositedOn: row.depositedOn, bankedAt: row.bankedAt, branchName: row.branchName, bankedBy: person(row.first, row.last), handovers: row.handovers,
        documentId: pictureOf.get(row.id) ?? null,
      })),
    };
  });
}
