import { and, desc, eq, inArray } from 'drizzle-orm';
import { fullName, isTriedKind, newId, notFound, planView, trialFiguresSchema, type Locale, type TrialFigures, type TriedKind } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, ruleSimulations, user } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { publishedFrom } from '../settings/check';
import { ruleOf } from '../settings/rules';
import { simulateJob } from './job';
import { unfinished } from './progress';
import { removeSimulations } from './result';
import { draftOf, hashOfOpenDraft, hashToTry } from './trial-rules';

type Row = typeof ruleSimulations.$inferSelect;

export const simulationStatuses = ['queued', 'running', 'done', 'failed'] as const;
export type SimulationStatus = (typeof simulationStatuses)[number];

/** A worker takes a queued one within seconds and finishes it within a minute; what is older than this is nobody's any more. */
const forgottenAfterMs = { queued: 2 * 60_000, running: 10 * 60_000 };

const isForgotten = ({ status, createdAt, startedAt }: Row, now: Date): boolean =>
  status === 'queued' ? now.getTime() - createdAt.getTime() > forgottenAfterMs.queued : now.getTime() - (startedAt ?? createdAt).getTime() > forgottenAfterMs.running;

/**
 * Has an open draft tried on the last `days` days, and says under which id. Asking for the same again while it is queued or running gives the one
 * there is. Throws NOT_FOUND, CONFLICT `errors.simulation.notDraft`, INVALID for a kind that cannot be tried or a draft that makes no document.
 */
export async function startSimulation(asker: TenantScope, input: { readonly settingId: string; readonly days: number }, now: Date): Promise<string> {
  const scope = inAction(asker, 'simulation.start');
  return await withTenant(scope, async (tx) => {
    // the lock makes two who start at once start one
    const draft = await draftOf(tx, scope, input.settingId, true);
    const documentHash = hashToTry(await publishedFrom(tx, scope, now), draft, now);
    const earlier = await tx.select().from(ruleSimulations).where(and(visible(scope, ruleSimulations), eq(ruleSimulations.settingId, draft.id), inArray(ruleSimulations.status, ['queued', 'running', 'failed'])));
    const same = earlier.find((row) => row.status !== 'failed' && row.documentHash === documentHash && row.days === input.days && !isForgotten(row, now));
    if (same !== undefined) return same.id;
    // what is still running ends by itself: its row is gone
    await removeSimulations(tx, scope, earlier.map(({ id }) => id));
    const id = newId();
    await tx.insert(ruleSimulations).values({
      tenantId: scope.tenantId, id, settingId: draft.id, kind: draft.kind, documentHash, days: input.days, createdBy: scope.actor.kind === 'user' ? scope.actor.id : null, createdAt: now,
    });
    await enqueue(tx, scope, simulateJob, { simulationId: id });
    return id;
  });
}

/** Ends a simulation that is queued or running; one that has ended stays as it is. Throws NOT_FOUND. */
export async function cancelSimulation(asker: TenantScope, id: string, now: Date): Promise<void> {
  const scope = inAction(asker, 'simulation.cancel');
  await withTenant(scope, async (tx) => {
    const [known] = await tx.select({ id: ruleSimulations.id }).from(ruleSimulations).where(and(visible(scope, ruleSimulations), eq(ruleSimulations.id, id)));
    if (known === undefined) throw notFound();
    await tx.update(ruleSimulations).set({ status: 'failed', errorKey: 'errors.simulation.canceled', finishedAt: now }).where(unfinished(scope, id));
  });
}

export interface SimulationView {
  readonly id: string;
  readonly settingId: string;
  readonly kind: TriedKind;
  readonly days: number;
  readonly status: SimulationStatus;
  readonly done: number;
  readonly total: number | null;
  readonly errorKey: string | null;
  /** True when the draft is another document by now, or no draft any more: the figures are of what it was, and nothing is published by them. */
  readonly outdated: boolean;
  readonly createdAt: Date;
  readonly createdByName: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** How long it has been running, or ran; null while it waits. */
  readonly elapsedMs: number | null;
}

const columns = {
  simulation: ruleSimulations, firstName: user.firstName, lastName: user.lastName,
};

const query = (tx: Tx, scope: TenantScope) => tx.select(columns).from(ruleSimulations)
  .leftJoin(user, and(eq(user.tenantId, ruleSimulations.tenantId), eq(user.id, ruleSimulations.createdBy))).$dynamic()
  .where(visible(scope, ruleSimulations));

function viewOf({ simulation, firstName, lastName }: { simulation: Row; firstName: string | null; lastName: string | null }, hashNow: string | null, now: Date): SimulationView {
  const { id, settingId, kind, days, done, total, errorKey, createdAt, startedAt, finishedAt, documentHash } = simulation;
  const status = simulationStatuses.find((one) => one === simulation.status);
  if (status === undefined || !isTriedKind(kind)) throw new Error('a simulation of an unknown kind or status');
  return {
    id, settingId, kind, days, status, done, total, errorKey, createdAt, startedAt, finishedAt, outdated: documentHash !== hashNow,
    elapsedMs: startedAt === null ? null : Math.max(0, (finishedAt ?? now).getTime() - startedAt.getTime()),
    createdByName: firstName === null || lastName === null ? null : fullName({ firstName, lastName }),
  };
}

/** The simulations of a draft, newest first. None for a draft of somebody else. */
export async function listSimulations(asker: TenantScope, settingId: string, now: Date): Promise<SimulationView[]> {
  const scope = inAction(asker, 'simulation.list');
  return await withTenant(scope, async (tx) => {
    const rows = await query(tx, scope).where(and(visible(scope, ruleSimulations), eq(ruleSimulations.settingId, settingId))).orderBy(desc(ruleSimulations.createdAt), desc(ruleSimulations.id)).limit(20);
    if (rows.length === 0) return [];
    const hashNow = await hashOfOpenDraft(tx, scope, settingId, now);
    return rows.map((row) => viewOf(row, hashNow, now));
  });
}

export interface SimulationResult extends SimulationView {
  /** Null until it is done. */
  readonly figures: TrialFigures | null;
  /** Names of the branches and plans that the figures speak of. */
  readonly branches: { readonly id: string; readonly name: string }[];
  readonly plans: { readonly code: string; readonly title: string }[];
}

/** A simulation with its figures. Throws NOT_FOUND. */
export async function getSimulation(asker: TenantScope, id: string, locale: Locale, now: Date): Promise<SimulationResult> {
  const scope = inAction(asker, 'simulation.get');
  const products = await ruleOf(scope, 'products', now);
  return await withTenant(scope, async (tx) => {
    const [row] = await query(tx, scope).where(and(visible(scope, ruleSimulations), eq(ruleSimulations.id, id)));
    if (row === undefined) throw notFound();
    const hashNow = await hashOfOpenDraft(tx, scope, row.simulation.settingId, now);
    const figures = row.simulation.figures === null ? null : trialFiguresSchema.parse(row.simulation.figures);
    const places = await tx.select({ id: branches.id, name: branches.name }).from(branches).where(eq(branches.tenantId, scope.tenantId)).orderBy(branches.name);
    const plans = products.value.plans.map((plan) => ({ code: plan.code, title: planView(plan, locale).title }));
    return { ...viewOf(row, hashNow, now), figures, branches: places, plans };
  });
}
