import { createHmac, timingSafeEqual } from 'node:crypto';
import PgBoss from 'pg-boss';
import { z } from 'zod';
import { sendIn, type TenantScope, type Tx } from '@interdomestik/db';
import { env } from '../env';
import type { JobKind } from './registry';
import { requesterOf, requesterSchema, type Requester } from './requester';

/** What lies in the queue: the tenant, the work and who wished it, sealed together, so that none can be exchanged (I-27). */
const envelope = z.object({ tenantId: z.string(), requestId: z.string(), payload: z.unknown(), requester: requesterSchema.optional(), seal: z.string() });

/** The queue keeps JSON and gives its keys back in an order of its own. */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;

function sealOf(kind: string, tenantId: string, payload: unknown, requester: Requester | undefined): string {
  if (env.AUTH_SECRET === undefined) throw new Error('AUTH_SECRET is not set: jobs cannot be sealed');
  const sealed = requester === undefined ? [kind, tenantId, payload] : [kind, tenantId, payload, requester];
  return createHmac('sha256', env.AUTH_SECRET).update(JSON.stringify(sealed, inOrder)).digest('base64url');
}

// only its SQL is used: the sending transaction does the sending, this one never connects
const sender = new PgBoss({
  db: { executeSql: () => Promise.reject(new Error('jobs are sent inside a tenant transaction')) },
  schema: 'pgboss',
});

export interface Urgency {
  /** Earliest start, from now. */
  readonly delaySeconds?: number;
  /** True for what nobody waits for: everything else of its kind goes first. */
  readonly spare?: boolean;
  /** For work that comes again and again: of its kind and tenant one lies in the queue for each stretch of so many seconds, however many ask for it. */
  readonly turnSeconds?: number;
}

/** Puts a job into the queue as part of `tx`: it exists when and only when the transaction commits. */
export async function enqueue<Schema extends z.ZodType>(tx: Tx, scope: TenantScope, kind: JobKind<Schema>, payload: z.infer<Schema>, urgency: Urgency = {}): Promise<void> {
  const clean = kind.payload.parse(payload);
  const requester = kind.asks === undefined ? undefined : (requesterOf(scope) ?? undefined);
  const data = { tenantId: scope.tenantId, requestId: scope.requestId, payload: clean, ...(requester === undefined ? {} : { requester }), seal: sealOf(kind.name, scope.tenantId, clean, requester) };
  await sender.send(kind.name, data, {
    // the queue would tell the job's id, which nobody asks for
    db: { executeSql: (text: string, values: unknown[]) => { sendIn(tx, text, values); return Promise.resolve({ rows: [] }); } },
    ...sendingOptions(kind, urgency),
    ...(urgency.turnSeconds === undefined ? {} : { singletonKey: scope.tenantId, singletonSeconds: urgency.turnSeconds }),
  });
}

/** How a job of that kind lies in the queue, and from when on. */
export function sendingOptions(kind: { readonly retries: number; readonly expireSeconds?: number | undefined }, { delaySeconds = 0, spare = false }: Urgency) {
  return { retryLimit: kind.retries, retryBackoff: true, retryDelay: 2, expireInSeconds: kind.expireSeconds ?? 900, startAfter: delaySeconds, priority: spare ? -1 : 0 };
}

/** The tenant, the payload and the wisher of a queued job. Throws when either was changed after it was sent. */
export function openEnvelope<Schema extends z.ZodType>(kind: JobKind<Schema>, data: unknown): { tenantId: string; requestId: string; payload: z.infer<Schema>; requester: Requester | undefined } {
  const { tenantId, requestId, payload, requester, seal } = envelope.parse(data);
  const expected = Buffer.from(sealOf(kind.name, tenantId, payload, requester));
  const given = Buffer.from(seal);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) throw new Error(`job ${kind.name} was altered in the queue`);
  return { tenantId, requestId, payload: kind.payload.parse(payload), requester };
}
