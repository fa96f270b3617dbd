import type { AttacksOn } from '../attacks/attack';

const lastWeek = () => ({ from: new Date(Date.now() - 7 * 86_400_000), until: new Date(), what: ['records' as const, 'claims' as const, 'documents' as const, 'changes' as const, 'exports' as const], actorIds: [] });

export const breachesAttacks: AttacksOn<'breaches'> = {
  actors: { by: 'admin', wide: 'lists everybody who works in the tenant' },
  report: { by: 'admin', input: lastWeek },
  csv: { by: 'admin', input: lastWeek },
};
