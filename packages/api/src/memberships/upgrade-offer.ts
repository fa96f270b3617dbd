import { and, eq } from 'drizzle-orm';
import {
  isBigger, todayIn, upgradeQuote, upgradeRefusal, type DateOnly, type Money, type Period, type Plan, type QuoteRules, type UpgradeFacts, type UpgradeQuote, type UpgradeRefusal, type WorkflowsRule,
} from '@interdomestik/rules';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { instalments, type memberships } from '@interdomestik/db/schema';
import { ruleOf } from '../settings/rules';
import { daysOf, quoteNext, standingOfPerson, type NextWish, type Person, type SoldHow, type StandingOfPerson } from './next-period';
import { daysAdded } from './pauses';
import { isMoneyGone, mayBeReplaced } from './replace';
import { coversToday, moneyOf } from './service';

type Row = typeof memberships.$inferSelect;

/** A running membership that can be changed for a bigger plan, and what that would be. */
export interface Changeable {
  readonly old: Row;
  readonly paid: Money;
  readonly period: Period;
  /** Days that pauses added at its end. */
  readonly added: number;
  readonly person: Person;
  readonly standing: StandingOfPerson;
  readonly rules: QuoteRules;
  readonly how: SoldHow;
  readonly today: DateOnly;
}

export type UpgradeFound = { readonly refusal: UpgradeRefusal } | ({ readonly refusal: null } & Changeable);

async function factsOf(tx: Tx, scope: TenantScope, running: Row | undefined, { latest }: StandingOfPerson, workflows: WorkflowsRule): Promise<UpgradeFacts> {
  if (running === undefined) return { running: null, paused: latest?.status === 'paused', ahead: false, due: false, paid: true };
  const [due] = await tx.select({ id: instalments.id }).from(instalments).where(and(eq(instalments.tenantId, scope.tenantId), eq(instalments.membershipId, running.id), eq(instalments.status, 'due'))).limit(1);
  return {
    running: mayBeReplaced(workflows, running.status) ? { period: daysOf(running), currency: moneyOf(running.priceMinor, running.currency).currency } : null,
    paused: false, ahead: latest !== undefined && latest.id !== running.id, due: due !== undefined, paid: !(await isMoneyGone(tx, scope, running.id)),
  };
}

/** Where a person's running membership stands before a change of plan, asked in one transaction; with `lock` two who change it go one after the other. */
async function readFacts(tx: Tx, scope: TenantScope, userId: string, today: DateOnly, workflows: WorkflowsRule, lock: boolean) {
  const standing = await standingOfPerson(tx, scope, userId, today, lock);
  const running = standing.latest !== undefined && coversToday(standing.latest, today) ? standing.latest : undefined;
  return { standing, running, facts: await factsOf(tx, scope, running, standing, workflows), added: running === undefined ? 0 : await daysAdded(tx, scope, running.id) };
}

/** Whether a person's membership can be changed for a bigger plan today, sold so. `scope` reaches the tenant. */
export async function findChangeable(scope: TenantScope, userId: string, how: SoldHow, now: Date): Promise<UpgradeFound> {
  const today = todayIn(scope.tenant.timeZone, now);
  const [products, tax, workflows] = await Promise.all([ruleOf(scope, 'products', now), ruleOf(scope, 'tax', now), ruleOf(scope, 'workflows', now)]);
  const { standing, running, facts, added } = await withTenant(scope, (tx) => readFacts(tx, scope, userId, today, workflows.value, false));
  const refusal = standing.person === undefined || standing.person.status === 'disabled' ? 'disabled' : upgradeRefusal(facts, how.currency, today);
  if (refusal !== null || running === undefined || standing.person === undefined) return { refusal: refusal ?? 'past' };
  return { refusal: null, old: running, paid: moneyOf(running.priceMinor, running.currency), period: daysOf(running), added, person: standing.person, standing, rules: { products, tax }, how, today };
}

/** Asks the same once more in the transaction that sells, with the person's row locked: null when it is not as it was. */
export async function stillChangeable(tx: Tx, scope: TenantScope, { old, how, today }: Changeable, workflows: WorkflowsRule): Promise<StandingOfPerson | null> {
  const { standing, running, facts } = await readFacts(tx, scope, old.userId, today, workflows, true);
  return running?.id === old.id && running.endsOn === old.endsOn && running.priceMinor === old.priceMinor && upgradeRefusal(facts, how.currency, today) === null ? standing : null;
}

/** Plans that are a step up and sold so, in the order of the price list. */
export const biggerPlans = ({ rules, old, paid, how }: Changeable): Plan[] =>
  rules.products.value.plans.filter((plan) => plan.channels.includes(how.channel) && isBigger(rules.products.value, plan, { planCode: old.planCode, paid })).toSorted((a, b) => a.sort - b.sort);

/** What a change to a plan costs today; null where it is no step up or not sold so. */
export function quoteChange(found: Changeable, wish: NextWish): UpgradeQuote | null {
  const { rules, person, old, paid, period, added, how, today } = found;
  if (!biggerPlans(found).some(({ code }) => code === wish.planCode)) return null;
  const priced = quoteNext(rules, person, old, wish, { ...how, today, returning: true });
  if (priced === null) return null;
  const titles = rules.products.value.plans.find(({ code }) => code === old.planCode)?.titles ?? null;
  return upgradeQuote(rules, priced, { planCode: old.planCode, titles, paid, period, added }, today);
}
