import {
  claimFactsOf, decideDeadline, decideStep, isClosed, noticesOf, permissionsOf, type ClaimCategory, type ClaimStatus, type DateOnly, type Facts, type Notice, type Priority, type RuleReceipt,
} from '@interdomestik/rules';
import { dayOf, publishedRule, type TenantSeed } from './context';
import type { Sale } from './sales';

/** What is known of a seeded claim. */
export interface SeedClaim {
  readonly category: ClaimCategory;
  readonly sale: Sale;
  readonly incidentOn: DateOnly;
  readonly submittedAt: Date | null;
  readonly claimed: bigint;
  readonly recovered: bigint | null;
  readonly packCompleteAt: Date | null;
}

/** The demo countries have published each rule once. */
export const pinsOfSeed = { workflows: { version: 1 }, products: { version: 1 } };

function factsOf(seed: TenantSeed, { category, sale, incidentOn, submittedAt, claimed, recovered, packCompleteAt }: SeedClaim): Facts<'claim'> {
  return claimFactsOf({
    category, planCode: sale.purchase.planCode, branchCode: seed.branches.find(({ id }) => id === sale.person.branchId)?.code ?? null, currency: seed.currency, claimedMinor: claimed,
    recoveredMinor: recovered, incidentOn, submittedOn: submittedAt === null ? null : dayOf(seed, submittedAt), memberSince: sale.purchase.period?.start ?? null, packComplete: packCompleteAt !== null,
  });
}

export interface SeedClock {
  readonly stageSince: Date | null;
  readonly slaDueAt: Date | null;
  readonly slaReceipt: RuleReceipt | null;
  readonly routeCode: string | null;
  readonly priority: Priority;
}

/** The clock as the product itself would have set it at the claim's last step. */
export function clockOfSeed(seed: TenantSeed, status: ClaimStatus, claim: SeedClaim, times: readonly Date[]): SeedClock {
  const since = times.at(-1);
  if (since === undefined) return { stageSince: null, slaDueAt: null, slaReceipt: null, routeCode: null, priority: 'normal' };
  const rule = publishedRule(seed.pack, 'workflows');
  const closed = isClosed(rule.value.claims, status);
  const { dueAt, routeCode, priority, receipt } = decideDeadline(rule, { state: status, since, facts: factsOf(seed, { ...claim, recovered: null }), packCompleteAt: claim.packCompleteAt });
  return { stageSince: since, slaDueAt: closed ? null : dueAt, slaReceipt: closed ? null : receipt, routeCode, priority };
}

/** Who was told of the deadline up to now, and when. */
export function noticesOfSeed(seed: TenantSeed, status: ClaimStatus, { stageSince, slaDueAt }: SeedClock): { readonly at: Date; readonly to: Notice['to'] }[] {
  if (stageSince === null || slaDueAt === null) return [];
  const { reminders, escalations } = noticesOf(publishedRule(seed.pack, 'workflows').value, status, stageSince, slaDueAt);
  const all = [...[...reminders, slaDueAt].map((at) => ({ at, to: 'handler' as const })), ...escalations];
  return all.filter(({ at }) => at <= seed.now).toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

const [member, manager] = [permissionsOf(['member']), permissionsOf(['branch_manager'])];

/** The receipt of a step that was taken: whatever it demanded was there. */
export function stepOfSeed(seed: TenantSeed, from: string, to: string, claim: SeedClaim): RuleReceipt {
  const rule = publishedRule(seed.pack, 'workflows');
  const step = rule.value.claims.transitions.find((one) => one.from === from && one.to === to);
  const gates = Object.fromEntries((step?.gates ?? []).map((gate) => [gate, true]));
  const subject = { facts: factsOf(seed, claim), documents: rule.value.categories.find(({ category }) => category === claim.category)?.requiredDocuments ?? [] };
  return decideStep(rule, { from, to, gates, permissions: from === 'draft' ? member : manager, subject }).receipt;
}
