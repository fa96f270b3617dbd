import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import {
  addDays, assertTransition, can, conflict, formatDate, newId, nextStates, notFound, parseOrThrow, pauseInput, pauseOffer, systemPermissions, todayIn,
  type DateOnly, type MembershipStatus, type PauseFacts, type PauseInput, type PauseOffer, type PauseRefusal, type ResolvedRule,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { membershipPauses, memberships } from '@interdomestik/db/schema';
import { notify } from '../notifications';
import { ruleOf } from '../settings/rules';
import { portalPaths } from '../site/origins';
import { isRenewed } from './leave';
import { closePause, daysPaused, openPause } from './pauses';
import { membershipStatusOf } from './service';

type Row = typeof memberships.$inferSelect;

const here = (scope: TenantScope, id: string) => and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, id));

interface Rules {
  readonly products: ResolvedRule<'products'>;
  readonly workflows: ResolvedRule<'workflows'>;
}

const rulesOf = async (scope: TenantScope, now: Date): Promise<Rules> => {
  const [products, workflows] = await Promise.all([ruleOf(scope, 'products', now), ruleOf(scope, 'workflows', now)]);
  return { products, workflows };
};

/** Refuses a membership out of the asker's sight, and gives the scope that writes: what follows a membership is told by the tenant. */
async function withinReach(asker: TenantScope, id: string, action: string): Promise<TenantScope> {
  const [seen] = await readTenant(inAction(asker, action), (tx) => tx.select({ id: memberships.id }).from(memberships).where(and(visible(asker, memberships), eq(memberships.id, id))));
  if (seen === undefined) throw notFound();
  return actAsTenant(asker, action);
}

async function factsOf(tx: Tx, scope: TenantScope, row: Row, today: DateOnly): Promise<PauseFacts> {
  return {
    status: membershipStatusOf(row.status), period: row.startsOn === null || row.endsOn === null ? null : { start: row.startsOn as DateOnly, end: row.endsOn as DateOnly },
    followed: await isRenewed(tx, scope, row), used: await daysPaused(tx, scope, row, today),
  };
}

const offerNow = (scope: TenantScope, { products, workflows }: Rules, facts: PauseFacts, today: DateOnly): PauseOffer => pauseOffer(products.value.pause, workflows.value.memberships, facts, today, scope.permissions);

export interface PauseView {
  readonly refusal: PauseRefusal | null;
  /** First day on which it can be paused, where that is still to come. */
  readonly from: DateOnly | null;
  readonly least: number;
  readonly most: number;
  readonly prolongs: boolean;
  /** The pause that lasts: its first day, and the first day of cover again. */
  readonly paused: { readonly from: DateOnly; readonly until: DateOnly } | null;
  readonly resume: boolean;
}

/** What the asker may do about pausing a membership. Another's is NOT_FOUND. */
export async function pauseView(asker: TenantScope, id: string, now: Date): Promise<PauseView> {
  const scope = await withinReach(asker, id, 'memberships.pausing');
  const rules = await rulesOf(scope, now);
  const today = todayIn(scope.tenant.timeZone, now);
  return await withTenant(scope, async (tx) => {
    const [row] = await tx.select().from(memberships).where(here(scope, id));
    if (row === undefined) throw notFound();
    const offer = offerNow(scope, rules, await factsOf(tx, scope, row, today), today);
    const pause = row.status === 'paused' ? await openPause(tx, scope, id) : null;
    const { refusal } = offer;
    const allowed = can(scope.permissions, 'memberships.pause');
    return {
      refusal: allowed ? refusal : 'step', from: offer.refusal === null ? null : offer.from, least: offer.refusal === null ? offer.least : 0, most: offer.refusal === null ? offer.most : 0, prolongs: rules.products.value.pause.prolongs,
      paused: pause === null ? null : { from: pause.startsOn as DateOnly, until: pause.endsOn as DateOnly },
      resume: allowed && row.status === 'paused' && nextStates(rules.workflows.value.memberships, 'paused', {}, scope.permissions).some((step) => step.to === 'active' && step.allowed),
    };
  });
}

export interface PauseStanding {
  readonly status: MembershipStatus;
  readonly endsOn: string | null;
  /** First day of cover again; null: it covers now. */
  readonly until: string | null;
}

async function tell(tx: Tx, scope: TenantScope, row: Row, kind: 'membership.paused' | 'membership.resumed', until: DateOnly, key: string): Promise<void> {
  // a day names the last on which something holds
  await notify(tx, scope, { userId: row.userId, kind, params: { until: formatDate(addDays(until, -1)) }, href: portalPaths.home, effectKey: `membership:${row.id}:${kind}:${key}` });
}

/**
 * Pauses a membership from today for so many days: it covers nothing until then, and by the tenant's rule its end moves by as many. It is taken up by somebody before, or by itself on the day. Whoever asks again while it
 * lasts is answered as it stands. Throws NOT_FOUND for one out of the asker's sight, CONFLICT with the reason where rule or workflow do not let them.
 */
export async function pauseMembership(asker: TenantScope, raw: PauseInput, now: Date): Promise<PauseStanding> {
  const input = parseOrThrow(pauseInput, raw);
  const scope = await withinReach(asker, input.id, 'memberships.pause');
  const rules = await rulesOf(scope, now);
  const today = todayIn(scope.tenant.timeZone, now);
  const by = asker.actor.kind === 'user' ? asker.actor.id : null;
  if (by === null) throw conflict('errors.pause.step');
  return await withTenant(scope, async (tx) => {
    const [row] = await tx.select().from(memberships).where(here(scope, input.id)).for('no key update');
    if (row === undefined) throw notFound();
    const lasting = await openPause(tx, scope, row.id);
    if (lasting !== null) return { status: membershipStatusOf(row.status), endsOn: row.endsOn, until: lasting.endsOn };
    const offer = offerNow(scope, rules, await factsOf(tx, scope, row, today), today);
    if (offer.refusal !== null) throw conflict(`errors.pause.${offer.refusal}`);
    if (input.days < offer.least || input.days > offer.most) throw conflict('errors.pause.days', { least: offer.least, most: offer.most });
    assertTransition(rules.workflows.value.memberships, row.status, 'paused', {}, scope.permissions);
    const { prolongs } = rules.products.value.pause;
    const until = addDays(today, input.days);
    const endsOn = prolongs ? addDays(row.endsOn as DateOnly, input.days) : (row.endsOn as DateOnly);
    const id = newId();
    await tx.insert(membershipPauses).values({ tenantId: scope.tenantId, id, membershipId: row.id, userId: row.userId, branchId: row.branchId, startsOn: today, endsOn: until, prolongs, askedBy: by, createdAt: now, updatedAt: now });
    await tx.update(memberships).set({ status: 'paused', endsOn, updatedAt: now }).where(here(scope, row.id));
    await tell(tx, scope, row, 'membership.paused', until, id);
    return { status: 'paused', endsOn, until };
  });
}

async function resume(tx: Tx, scope: TenantScope, row: Row, today: DateOnly, now: Date): Promise<PauseStanding> {
  // what was bought before the pause and paid in it begins where the pause said: no day between the two goes without cover
  const endsOn = await closePause(tx, scope, row, today, now, await isRenewed(tx, scope, row));
  await tx.update(memberships).set({ status: 'active', updatedAt: now }).where(here(scope, row.id));
  await tell(tx, scope, row, 'membership.resumed', endsOn, now.toISOString());
  return { status: 'active', endsOn, until: null };
}

/** Takes a paused membership up again today; days that were not paused come off its end. One that is not paused is answered as it stands. Throws as `pauseMembership`. */
export async function resumeMembership(asker: TenantScope, id: string, now: Date): Promise<PauseStanding> {
  const scope = await withinReach(asker, id, 'memberships.resume');
  const { workflows } = await rulesOf(scope, now);
  return await withTenant(scope, async (tx) => {
    const [row] = await tx.select().from(memberships).where(here(scope, id)).for('no key update');
    if (row === undefined) throw notFound();
    if (row.status !== 'paused') return { status: membershipStatusOf(row.status), endsOn: row.endsOn, until: null };
    assertTransition(workflows.value.memberships, 'paused', 'active', {}, scope.permissions);
    return await resume(tx, scope, row, todayIn(scope.tenant.timeZone, now), now);
  });
}

/** Takes up every membership whose pause is over, one after the other; gives of how many. The way back was agreed when it was paused, so that no other permission is asked for. May run twice and beside itself. */
export async function resumeDue(scope: TenantScope, today: DateOnly, now: Date): Promise<number> {
  const { workflows } = await rulesOf(scope, now);
  const permissions = new Set([...systemPermissions, 'memberships.pause', 'memberships.write']);
  if (!nextStates(workflows.value.memberships, 'paused', {}, permissions).some((step) => step.to === 'active' && step.allowed)) return 0;
  const due = await withTenant(scope, (tx) => tx.select({ id: membershipPauses.membershipId }).from(membershipPauses)
    .where(and(eq(membershipPauses.tenantId, scope.tenantId), isNull(membershipPauses.resumedAt), lte(membershipPauses.endsOn, today))).orderBy(asc(membershipPauses.id)));
  let done = 0;
  for (const { id } of due) {
    done += await withTenant(scope, async (tx) => {
      const [row] = await tx.select().from(memberships).where(and(here(scope, id), eq(memberships.status, 'paused'))).for('no key update', { skipLocked: true });
      if (row === undefined) return 0;
      await resume(tx, scope, row, today, now);
      return 1;
    });
  }
  return done;
}
