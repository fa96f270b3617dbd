import { parseRule, planView } from '@interdomestik/rules';
import { caller } from '@/server/caller';
import { requestContext } from '@/server/context';
import type { Viewer } from '@/server/viewer';

/** Plan codes with their titles in the reader's language. Titles are decoration: without them the code is shown. */
export async function planTitles(me: Viewer): Promise<Record<string, string>> {
  const [api, { locale }] = await Promise.all([caller(), requestContext()]);
  if (me.can('settings.read')) {
    const products = (await api.settings.rules()).find(({ kind }) => kind === 'products');
    if (products !== undefined) return Object.fromEntries(parseRule('products', products.value).plans.map((plan) => [plan.code, planView(plan, locale).title]));
  }
  // a super admin works on a host without a tenant, whose public plans therefore do not exist
  const plans = await api.plans.list().catch(() => []);
  return Object.fromEntries(plans.map(({ code, title }) => [code, title]));
}
