import { and, asc, eq, gt, inArray, isNotNull, lte, max, sql } from 'drizzle-orm';
import { dueAt, noticesDue, type Notice, type WorkflowsRule } from '@interdomestik/rules';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { claimEvents, claims } from '@interdomestik/db/schema';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { letterheadOf, type Letterhead } from '../mails';
import { addClaimEvent } from './events';
import type { ClaimRow } from './pack';
import { rulesOf } from './rules';
import { tellOfDeadline } from './tell-deadline';

const pageSize = 200;

/** Claims with a deadline that a rule set. One from before deadlines had reasons is nobody's to be reminded of. */
const watched = (scope: TenantScope) => and(eq(claims.tenantId, scope.tenantId), isNotNull(claims.slaDueAt), isNotNull(claims.slaReceipt), isNotNull(claims.stageSince));

/** When somebody was last told of the claim's present state; null: nobody yet. */
async function toldAtOf(tx: Tx, scope: TenantScope, claim: Pick<ClaimRow, 'id'>, since: Date): Promise<Date | null> {
  const [row] = await tx.select({ at: max(claimEvents.createdAt) }).from(claimEvents).where(and(
    eq(claimEvents.tenantId, scope.tenantId), eq(claimEvents.claimId, claim.id), inArray(claimEvents.kind, ['reminded', 'escalated']), gt(claimEvents.createdAt, since),
  ));
  return row?.at ?? null;
}

async function noticesFor(tx: Tx, scope: TenantScope, claim: Pick<ClaimRow, 'id' | 'status' | 'stageSince' | 'slaDueAt'>, rule: WorkflowsRule, now: Date): Promise<Notice[]> {
  const { stageSince: since, slaDueAt } = claim;
  if (since === null || slaDueAt === null) return [];
  const all = noticesDue(rule, { state: claim.status, since, dueAt: slaDueAt, toldAt: null }, now);
  if (all.length === 0) return all;
  return noticesDue(rule, { state: claim.status, since, dueAt: slaDueAt, toldAt: await toldAtOf(tx, scope, claim, since) }, now);
}

/** Tells of one claim's deadline and writes it into its story, both or neither. A claim that somebody works on at this moment waits for the next turn. */
async function tellOf(scope: TenantScope, id: string, rule: WorkflowsRule, letterhead: Letterhead, now: Date): Promise<boolean> {
  return await withTenant(scope, async (tx) => {
    const [claim] = await tx.select().from(claims).where(and(watched(scope), eq(claims.id, id))).for('no key update', { skipLocked: true });
    if (claim === undefined) return false;
    const notices = await noticesFor(tx, scope, claim, rule, now);
    if (notices.length === 0) return false;
    await tellOfDeadline(tx, scope, claim, notices, letterhead);
    for (const { to } of notices) {
      await addClaimEvent(tx, scope, claim, { kind: to === 'handler' ? 'reminded' : 'escalated', note: to, actorId: null, visibleToMember: false, at: now });
    }
    return true;
  });
}

/** Ids of claims under one set of rules of which somebody is to be told, after the last one that was looked at. */
async function nextPage(scope: TenantScope, group: Group, rule: WorkflowsRule, after: string | null, now: Date): Promise<{ readonly ids: readonly string[]; readonly last: string | null }> {
  // no reminder comes earlier than the longest notice that the rule gives
  const longest = Math.max(0, ...rule.stages.flatMap(({ remindHoursBefore }) => remindHoursBefore));
  return await withTenant(scope, async (tx) => {
    const rows = await tx.select({ id: claims.id, status: claims.status, stageSince: claims.stageSince, slaDueAt: claims.slaDueAt }).from(claims).where(and(
      watched(scope), eq(claims.branchId, group.branchId), sql`${claims.ruleVersions} is not distinct from ${group.ruleVersions === null ? null : JSON.stringify(group.ruleVersions)}::jsonb`,
      lte(claims.slaDueAt, dueAt(now, longest, rule.calendar)), after === null ? undefined : gt(claims.id, after),
    )).orderBy(asc(claims.id)).limit(pageSize);
    const ids: string[] = [];
    for (const row of rows) if ((await noticesFor(tx, scope, row, rule, now)).length > 0) ids.push(row.id);
    return { ids, last: rows.length < pageSize ? null : (rows.at(-1)?.id ?? null) };
  });
}

type Group = Pick<ClaimRow, 'branchId' | 'ruleVersions'>;

/**
 * Tells whoever is to know that the deadline of a claim comes near or has passed, once for each moment that the claim's own rules name; gives of how many
 * claims. After a pause each person hears once of what was missed. It may run twice, stop anywhere and run beside itself.
 */
export async function watchDeadlines(scope: TenantScope, now: Date): Promise<number> {
  const letterhead = await letterheadOf(scope, now);
  const groups: Group[] = await withTenant(scope, (tx) => tx.selectDistinct({ branchId: claims.branchId, ruleVersions: claims.ruleVersions }).from(claims).where(watched(scope)));
  let told = 0;
  for (const group of groups) {
    const { value } = (await rulesOf(scope, group, now)).workflows;
    for (let after: string | null = null; ;) {
      const { ids, last } = await nextPage(scope, group, value, after, now);
      for (const id of ids) if (await tellOf(scope, id, value, letterhead, now)) told += 1;
      if (last === null) break;
      after = last;
    }
  }
  return told;
}

export const watchDeadlinesJob = defineJob({
  name: 'claims.watchDeadlines', payload: turnSchema, retries: 3, atOnce: 2,
  run: async (scope) => { await watchDeadlines(scope, new Date()); },
});
