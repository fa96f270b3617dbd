import { currencyOfRoute, routeOf } from '@interdomestik/rules';
import { actAsTenant, type TenantScope } from '@interdomestik/db';
import { ruleOf } from '../settings/rules';
import { accountFor } from './accounts';

/** What the provider's browser script needs on our payment page. Both are public by their nature. */
export interface OverlaySettings {
  readonly clientToken: string;
  readonly environment: 'sandbox' | 'production';
}

/** The settings of the tenant's card account; null for an account that is paid on the provider's own page. Throws UNAVAILABLE without any. */
export async function overlaySettings(site: TenantScope, now: Date): Promise<OverlaySettings | null> {
  const routes = await ruleOf(site, 'payments', now);
  // a visitor with a pay link sees no account, only the token that its page shows anyway
  const { clientToken, environment } = await accountFor(actAsTenant(site, 'payments.overlay'), 'paddle', currencyOfRoute(routeOf(routes.value, 'card', 'self_service')));
  return clientToken === null || (environment !== 'sandbox' && environment !== 'production') ? null : { clientToken, environment };
}
