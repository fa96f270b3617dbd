import type { webhookEvents } from '@interdomestik/db/schema';

/** A row of the inbox. */
export type StoredEvent = typeof webhookEvents.$inferSelect;

/**
 * What became of an event. Parked: nothing was changed. With `alert` it contradicts our own rows and a person must look; without, what it is
 * about is not known yet, and it is taken up again when that arrives.
 */
export type Outcome =
  /** `release`: a transaction that is known now; parked events about it are taken up again. */
  | { readonly kind: 'done'; readonly release?: string }
  | { readonly kind: 'parked'; readonly reason: string; readonly alert: boolean };

export const done: Outcome = { kind: 'done' };

/** It contradicts what we know. */
export const contradiction = (reason: string): Outcome => ({ kind: 'parked', reason, alert: true });

/** Reasons that end by themselves when what the event is about arrives. */
export const earlyReasons = ['webhook.unknownTransaction', 'webhook.notPaidYet'] as const;

/** It came before what it is about. */
export const early = (reason: (typeof earlyReasons)[number]): Outcome => ({ kind: 'parked', reason, alert: false });
