import { and, desc, eq, gte, inArray, ne, notInArray } from 'drizzle-orm';
import {
  conflict, excludedCategories, instantOf, invalid, isDateOnly, isGuidanceOnly, isSameMatter, mattersLeft, membershipYear, planView, soldBy, todayIn,
  type DateOnly, type Locale, type MatterKey, type Plan, type ProductsRule, type WorkflowsRule,
} from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { claims, memberships } from '@interdomestik/db/schema';
import { isInPause } from '../memberships/pauses';
import { coversToday, memberOf } from '../memberships/service';
import { ruleOf } from '../settings/rules';
import { ownBranch } from './draft';
import { categoryOf } from './pack';

type Membership = typeof memberships.$inferSelect;

const dayOf = (text: string | null): DateOnly | null => (isDateOnly(text) ? text : null);

/** The own memberships, newest first; locked, so that claims of one member count one after the other. */
async function ownMemberships(tx: Tx, scope: TenantScope, lock: boolean): Promise<Membership[]> {
  const query = tx.select().from(memberships).where(and(visible(scope, memberships), eq(memberships.userId, memberOf(scope)), ne(memberships.status, 'pending'))).orderBy(desc(memberships.endsOn)).limit(50);
  return await (lock ? query.for('no key update') : query);
}

/** From when matters count: a bigger plan that took the place of another goes on with what was used of it in its year. */
function countsSince(own: readonly Membership[], current: Membership, start: DateOnly, today: DateOnly): DateOnly {
  // renewals prolong a membership, and matters are counted by the year
  const since = membershipYear(start, today);
  const before = since === start && current.upgradedFrom !== null ? own.find(({ id }) => id === current.upgradedFrom) : undefined;
  const began = dayOf(before?.startsOn ?? null);
  return before === undefined || began === null ? since : countsSince(own, before, began, start);
}

/** The matters of the year so far: claims handed in and not turned down, those of one matter counted once. Guidance uses none up. */
async function mattersOfYear(tx: Tx, scope: TenantScope, since: DateOnly, rule: WorkflowsRule): Promise<MatterKey[]> {
  const assisted = rule.categories.filter(({ scope: kind }) => kind === 'assisted').map(({ category }) => category);
  const rows = await tx.select({ incidentOn: claims.incidentOn, counterparty: claims.counterparty, category: claims.category }).from(claims).where(and(
    visible(scope, claims), eq(claims.userId, memberOf(scope)), notInArray(claims.status, ['draft', 'rejected']), inArray(claims.category, assisted),
    gte(claims.submittedAt, instantOf(since, scope.tenant.timeZone)),
  )).orderBy(claims.submittedAt);
  const matters: MatterKey[] = [];
  for (const row of rows) {
    const incidentOn = dayOf(row.incidentOn);
    if (incidentOn === null) continue;
    const matter = { incidentOn, counterparty: row.counterparty, category: categoryOf(row.category) };
    if (!matters.some((known) => isSameMatter(known, matter, rule))) matters.push(matter);
  }
  return matters;
}

/** The plan of a membership with the matters that were bought on top of it. */
function planOfSale(rule: ProductsRule, membership: Pick<Membership, 'planCode' | 'receipt'>): Plan | undefined {
  const plan = rule.plans.find(({ code }) => code === membership.planCode);
  return plan === undefined || plan.mattersPerYear === null ? plan : { ...plan, mattersPerYear: plan.mattersPerYear + soldBy(membership.receipt).extraMatters };
}

/**
 * The membership that a claim is handed in under. Throws CONFLICT `errors.membership.notActive` when none is in force, INVALID on
 * `incidentOn` for a loss outside every membership period, CONFLICT `errors.claim.limitReached` when the matters of plan and add-ons are used up.
 */
export async function requireCover(tx: Tx, scope: TenantScope, matter: MatterKey, rules: { workflows: WorkflowsRule; products: ProductsRule }, now: Date): Promise<Membership> {
  const today = todayIn(scope.tenant.timeZone, now);
  const own = await ownMemberships(tx, scope, true);
  const current = own.find((row) => coversToday(row, today));
  const start = dayOf(current?.startsOn ?? null);
  if (current === undefined || start === null) throw conflict(own.some(({ status }) => status === 'paused') ? 'errors.membership.paused' : 'errors.membership.notActive');
  const covered = own.some(({ startsOn, endsOn }) => startsOn !== null && endsOn !== null && startsOn <= matter.incidentOn && matter.incidentOn < endsOn);
  if (!covered) throw invalid('incidentOn', 'errors.claim.beforeMembership');
  if (await isInPause(tx, scope, current.userId, matter.incidentOn)) throw invalid('incidentOn', 'errors.claim.inPause');
  if (isGuidanceOnly(rules.workflows, matter.category)) return current;
  const plan = planOfSale(rules.products, current);
  const known = await mattersOfYear(tx, scope, countsSince(own, current, start, today), rules.workflows);
  if (known.some((other) => isSameMatter(other, matter, rules.workflows))) return current;
  const left = plan === undefined ? null : mattersLeft(plan, known.length);
  if (left === 0) throw conflict('errors.claim.limitReached');
  return current;
}

/** What the acting member may file now: for the first page of a new claim. */
export async function claimEligibility(scope: TenantScope, locale: Locale, now: Date) {
  const branchId = await ownBranch(scope);
  const [workflows, products] = await Promise.all([ruleOf(scope, 'workflows', now, branchId), ruleOf(scope, 'products', now)]);
  const today = todayIn(scope.tenant.timeZone, now);
  return await withTenant(inAction(scope, 'claims.eligibility'), async (tx) => {
    const own = await ownMemberships(tx, scope, false);
    const current = own.find((row) => coversToday(row, today));
    const start = dayOf(current?.startsOn ?? null);
    const plan = current === undefined ? undefined : planOfSale(products.value, current);
    const used = current === undefined || start === null ? 0 : (await mattersOfYear(tx, scope, countsSince(own, current, start, today), workflows.value)).length;
    return {
      covered: current !== undefined, coveredFrom: start, planTitle: plan === undefined ? null : planView(plan, locale).title,
      mattersPerYear: plan?.mattersPerYear ?? null, mattersLeft: plan === undefined ? null : mattersLeft(plan, used), triageHours: workflows.value.triageHours,
      categories: workflows.value.categories.map(({ category, scope: kind, requiredDocuments }) => ({ category, scope: kind, requiredDocuments: [...requiredDocuments] })),
      excluded: [...excludedCategories],
    };
  });
}
