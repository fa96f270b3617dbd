import type { EventReason } from '@interdomestik/rules';
import type { webhookEvents } from '@interdomestik/db/schema';

/** A row of the inbox. */
export type StoredEvent = typeof webhookEvents.$inferSelect;

/** A reason as it is stored with an event. */
export type ReasonKey = `webhook.${EventReason}`;

/**
 * What became of an event. Parked: nothing was changed. With `alert` it contradicts our own rows and a person must look; without, what it is
 * about is not known yet, and it is taken up again when that arrives.
 */
export type Outcome =
  /** `release`: a transaction that is known now; parked events about it are taken up again. `reason`: why nothing followed from it. */
  | { readonly kind: 'done'; readonly release?: string; readonly reason?: ReasonKey }
  | { readonly kind: 'parked'; readonly reason: ReasonKey; readonly alert: boolean };

export const done: Outcome = { kind: 'done' };

/** It was read, and rightly nothing follows from it. */
export const nothingFollows = (reason: EventReason): Outcome => ({ kind: 'done', reason: `webhook.${reason}` });

/** It contradicts what we know. */
export const contradiction = (reason: EventReason): Outcome => ({ kind: 'parked', reason: `webhook.${reason}`, alert: true });

/** Reasons that end by themselves when what the event is about arrives. */
export const earlyReasons = ['webhook.unknownTransaction', 'webhook.notPaidYet'] as const satisfies readonly ReasonKey[];

/** It came before what it is about. */
export const early = (reason: 'unknownTransaction' | 'notPaidYet'): Outcome => ({ kind: 'parked', reason: `webhook.${reason}`, alert: false });
