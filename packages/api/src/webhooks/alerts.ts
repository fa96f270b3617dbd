import type { TenantScope, Tx } from '@interdomestik/db';
import { notifyRole } from '../notifications';
import type { StoredEvent } from './outcome';

/** Where an event is looked at in the staff portal. */
export const eventPath = (id: string): string => `/payments/events?open=${id}`;

/** Why somebody must look: it contradicts our rows, was given up after all its attempts, or waits since yesterday for something that does not come. */
export type EventAlert = 'payment.parked' | 'payment.event_dead' | 'payment.event_waiting';

/** Tells the admins of an event; each kind of alert once an event, however often it is put back to work. */
export async function alertAdmins(tx: Tx, scope: TenantScope, event: Pick<StoredEvent, 'id' | 'eventId'>, kind: EventAlert): Promise<void> {
  await notifyRole(tx, scope, { role: 'tenant_admin' }, { kind, params: { reference: event.eventId }, href: eventPath(event.id), effectKey: `webhook:${event.id}:${kind}` });
}
