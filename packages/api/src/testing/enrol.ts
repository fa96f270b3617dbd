import { moneyToJson, packRule, planOf, priceIn } from '@interdomestik/rules';
import { joinInputOf } from './join';
import type { TestTenant } from './world';

/** What an agent types to enrol somebody for cash, valid for the tenant's country; every call is another person. */
export function enrolInputOf(tenant: TestTenant, changes: Record<string, unknown> = {}) {
  const { password: _, ...person } = joinInputOf(tenant);
  const planCode = typeof changes['planCode'] === 'string' ? changes['planCode'] : person.planCode;
  const [currency = 'EUR'] = tenant.pack.currencies;
  const price = priceIn(planOf(packRule(tenant.pack, 'products'), planCode), currency);
  return {
    ...person, email: `enrolled-${person.email}`, payment: 'cash' as const, amountTendered: { currency, minor: moneyToJson(price).minor }, address: 'Rr. e Re 1', city: 'Prizren', leadId: undefined, ...changes,
  };
}
