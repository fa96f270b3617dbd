import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import superjson, { type SuperJSONResult } from 'superjson';
import { conflict, newId } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { idempotencyKeys } from '@interdomestik/db/schema';

export interface OnceCall {
  /** Name of the use-case; a key counts within it. */
  readonly operation: string;
  /** Made by the client, once per intended effect. */
  readonly key: string;
  /** What was asked, without secrets: a replay must ask the same. */
  readonly payload: unknown;
}

function hashOf(payload: unknown): string {
  return createHash('sha256').update(JSON.stringify(superjson.serialize(payload))).digest('base64url');
}

/**
 * Runs `fn` once per key of an actor: a replay gets the stored answer and has no effect. Two calls at the same time wait for each
 * other at the unique key. Throws CONFLICT `errors.idempotency.mismatch` when the key was used for something else. When `fn`
 * throws, the transaction takes the key back with it.
 *
 * The answer must survive superjson and hold nothing secret.
 */
export async function once<T>(tx: Tx, scope: TenantScope, call: OnceCall, fn: () => Promise<T>): Promise<T> {
  const { operation, key } = call;
  const actor = scope.actor.id === null ? scope.actor.kind : `${scope.actor.kind}:${scope.actor.id}`;
  const payloadHash = hashOf(call.payload);
  const here = and(
    eq(idempotencyKeys.tenantId, scope.tenantId), eq(idempotencyKeys.actor, actor),
    eq(idempotencyKeys.operation, operation), eq(idempotencyKeys.key, key),
  );
  const taken = await tx
    .insert(idempotencyKeys)
    .values({ tenantId: scope.tenantId, id: newId(), actor, operation, key, payloadHash })
    .onConflictDoNothing()
    .returning({ id: idempotencyKeys.id });
  if (taken.length === 0) {
    const [before] = await tx.select({ payloadHash: idempotencyKeys.payloadHash, response: idempotencyKeys.response }).from(idempotencyKeys).where(here);
    if (before === undefined) throw conflict('errors.tryAgain');
    if (before.payloadHash !== payloadHash) throw conflict('errors.idempotency.mismatch');
    return superjson.deserialize<T>(before.response as SuperJSONResult);
  }
  const answer = await fn();
  await tx.update(idempotencyKeys).set({ response: superjson.serialize(answer) }).where(here);
  return answer;
}
