import { ruleToJson } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import { legalText } from '../site/service';
import { ruleOf } from './rules';

export const toolsAttacks: AttacksOn<'settings'> = {
  acceptances: { by: 'admin', input: () => ({ key: 'terms' }) },
  acceptanceList: { by: 'admin', input: () => ({ key: 'terms', version: 1 }) },
  acceptedText: {
    by: 'admin',
    input: async (place) => ({ key: 'terms' as const, hash: (await legalText(await place.scopeOf('admin'), 'terms', 'sq', new Date())).hash }),
    of: 'tenant',
    values: ['hash'],
  },
  holidays: { by: 'admin', input: ({ tenant }) => ({ country: tenant.pack.country.code }) },
  tryCalendar: { by: 'admin', input: async (place) => ({ calendar: (await ruleOf(await place.scopeOf('admin'), 'workflows', new Date())).value.calendar, hours: 24, from: new Date('2026-11-27T14:10:00Z') }) },
  samplePaper: { by: 'admin', input: async (place) => ({ paper: 'unpaid' as const, invoicing: ruleToJson((await ruleOf(await place.scopeOf('admin'), 'invoicing', new Date())).value) }) },
};
