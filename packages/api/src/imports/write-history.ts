import { instantOf, type DateOnly, type Decision } from '@interdomestik/rules';
import { queryIn, type Tx } from '@interdomestik/db';
import { claims, payments } from '@interdomestik/db/schema';
import { insertRows } from './bulk';
import { recordId } from './record-ids';
import type { Writing, WrittenRows } from './write-members';

type ClaimDecision = Extract<Decision, { readonly kind: 'claims' }>;
type PaymentDecision = Extract<Decision, { readonly kind: 'payments' }>;

const noon = 12 * 60;
const nothingElse = { cardId: null, before: null } as const;

async function branchesOf(tx: Tx, { scope }: Writing, userIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await queryIn(tx, 'select id, branch_id from "user" where tenant_id = $1 and id = any($2::uuid[])', [scope.tenantId, [...new Set(userIds)]]);
  return new Map((rows as { id: string; branch_id: string }[]).map(({ id, branch_id: branchId }) => [id, branchId]));
}

function branchOf(branches: ReadonlyMap<string, string>, userId: string): string {
  const branchId = branches.get(userId);
  if (branchId === undefined) throw new Error('a person of the book has no row');
  return branchId;
}

/** Old cases as they ended or stand: no clock runs for them, and nobody is told. */
export async function writeClaims(tx: Tx, writing: Writing, decisions: readonly ClaimDecision[]): Promise<Map<number, WrittenRows>> {
  const { scope, batchId, stamp } = writing;
  const fresh = decisions.filter(({ outcome }) => outcome === 'valid_new');
  const at = (day: DateOnly): Date => new Date(Math.min(instantOf(day, scope.tenant.timeZone, noon).getTime(), stamp.getTime()));
  const branches = await branchesOf(tx, writing, fresh.map(({ person }) => writing.userOf(person)));
  const rows = fresh.map(({ record, person, line }): typeof claims.$inferInsert => {
    const userId = writing.userOf(person);
    const reported = at(line.reportedOn ?? line.incidentOn);
    return {
      tenantId: scope.tenantId, id: recordId(batchId, record, 'row'), userId, branchId: branchOf(branches, userId), code: line.number, category: line.category, status: line.status, incidentOn: line.incidentOn,
      counterparty: line.counterparty, description: line.note, claimedMinor: line.askedMinor, recoveredMinor: line.recoveredMinor, currency: line.currency, submittedAt: reported, stageSince: reported,
      priority: 'normal', createdAt: reported, updatedAt: stamp,
    };
  });
  await insertRows(tx, claims, rows);
  return new Map(fresh.map(({ record }, index) => [record, { rowId: rows[index]?.id ?? null, ...nothingElse }]));
}

/** Old payments as money that came in then. They post nothing: the books of those years are closed elsewhere. */
export async function writePayments(tx: Tx, writing: Writing, decisions: readonly PaymentDecision[]): Promise<Map<number, WrittenRows>> {
  const { scope, batchId, stamp, context } = writing;
  const fresh = decisions.filter(({ outcome }) => outcome === 'valid_new');
  const branches = await branchesOf(tx, writing, fresh.map(({ person }) => writing.userOf(person)));
  const rows = fresh.map(({ record, person, line }): typeof payments.$inferInsert => {
    const userId = writing.userOf(person);
    const account = context.accountOf(line.method);
    const paidAt = instantOf(line.paidOn, scope.tenant.timeZone, noon);
    return {
      tenantId: scope.tenantId, id: recordId(batchId, record, 'row'), userId, branchId: branchOf(branches, userId), paymentAccountId: account.id, method: line.method, status: 'succeeded', amountMinor: line.amountMinor,
      vatMinor: null, refundedMinor: 0n, currency: line.currency, taxDocumentIssuer: account.taxDocumentIssuer, paidAt, createdAt: paidAt, updatedAt: stamp,
    };
  });
  await insertRows(tx, payments, rows);
  return new Map(fresh.map(({ record }, index) => [record, { rowId: rows[index]?.id ?? null, ...nothingElse }]));
}
