import { ruleOf } from '../settings/rules';
import type { Context } from '../context';

/** What a tenant's pages look like. */
export interface Branding {
  /** `#rrggbb`, as the tenant wrote it; the theme clamps it to readable contrast. */
  readonly accent: string;
}

/** The look of the tenant of a request; null where there is no tenant or it has published none. */
export async function brandingOf(context: Pick<Context, 'site' | 'scope' | 'now'>): Promise<Branding | null> {
  const scope = context.scope ?? context.site;
  if (scope === null) return null;
  // a page must come up in the house colour rather than not at all
  return await ruleOf(scope, 'branding', context.now).then((rule) => ({ accent: rule.value.accent }), () => null);
}
