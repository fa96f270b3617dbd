import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';

export const refundsAttacks: AttacksOn<'refunds'> = {
  offer: { by: 'admin', of: 'tenant', input: ({ rows }) => ({ membershipId: rows.membershipId }), values: ['membershipId'] },
  give: { by: 'admin', of: 'tenant', input: async (place) => ({ ...(await place.newRefundable()), from: 'collector' as const, note: 'Changed their mind', idempotencyKey: newId() }), values: ['membershipId'] },
};
