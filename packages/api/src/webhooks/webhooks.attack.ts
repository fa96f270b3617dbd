import { withTenant } from '@interdomestik/db';
import { webhookEvents } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { systemScopeOf } from '../testing';

/** An event that the provider has reported, as it lies in the inbox; one that is put aside lies there since the day before yesterday. */
export async function eventAt({ tenant, word }: Place, status: 'received' | 'parked'): Promise<string> {
  const id = newId();
  const raw = JSON.stringify({ event_id: `evt_${id}`, event_type: 'customer.updated', occurred_at: new Date().toISOString(), data: { id: word, name: word } });
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(webhookEvents).values({
      tenantId: tenant.id, id, paymentAccountId: tenant.card.id, eventId: `evt_${id}`, eventType: 'customer.updated', occurredAt: new Date(), raw, status,
      ...(status === 'parked' ? { reason: 'webhook.unknownTransaction', processedAt: new Date(Date.now() - 2 * 86_400_000) } : {}),
    });
  });
  return id;
}

const wide = 'the inbox of a payment account is the whole tenant’s';

export const webhooksAttacks: AttacksOn<'webhooks'> = {
  list: { by: 'admin', wide, input: ({ tenant }) => ({ filters: { accountId: tenant.card.id } }), values: ['filters.accountId'], of: 'tenant', quiet: true },
  standing: { by: 'admin', wide },
  get: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await eventAt(place, 'parked') }), values: ['id'] },
  replay: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await eventAt(place, 'parked') }), values: ['id'] },
};
