import { Environment } from '@paddle/paddle-node-sdk';
import { env } from '../../env';
import type { ApiEnv } from '../../env';

/** Exactly one of `environment` and `baseUrl`: there is no default, because the SDK's own is production. */
export type PaddleCredentials =
  | { readonly apiKey: string; readonly environment: 'sandbox' | 'production'; readonly baseUrl?: never }
  | { readonly apiKey: string; readonly baseUrl: string; readonly environment?: never };

/** A payment account's settings forbid the call. The message names the setting, never the key. */
export class PaddleMisconfigured extends Error {
  override readonly name = 'PaddleMisconfigured';
}

type Settings = Pick<ApiEnv, 'APP_ENV' | 'PADDLE_API_BASE'>;

/**
 * Credentials of a stored payment account: PADDLE_API_BASE, where set, wins over the account's environment, so that no key of a
 * development machine ever reaches the provider. Throws PaddleMisconfigured for a `local` account without it.
 */
export function paddleCredentials(
  account: { readonly apiKey: string; readonly environment: 'local' | 'sandbox' | 'production' },
  settings: Settings = env,
): PaddleCredentials {
  const { apiKey, environment } = account;
  if (settings.PADDLE_API_BASE !== undefined) return { apiKey, baseUrl: settings.PADDLE_API_BASE };
  if (environment === 'local') throw new PaddleMisconfigured('a local Paddle account needs PADDLE_API_BASE');
  return { apiKey, environment };
}

/** Where the SDK sends its calls. Throws PaddleMisconfigured rather than let it choose. */
export function environmentOf(credentials: PaddleCredentials, settings: Settings = env): Environment {
  const { apiKey, environment, baseUrl } = credentials;
  if (apiKey === '') throw new PaddleMisconfigured('a Paddle account needs an API key');
  const isLive = apiKey.startsWith('pdl_live_');
  if (baseUrl !== undefined) {
    if (environment !== undefined) throw new PaddleMisconfigured('a Paddle account has either an environment or a base address');
    if (settings.APP_ENV === 'production') throw new PaddleMisconfigured('a base address for Paddle is refused when APP_ENV=production');
    if (isLive) throw new PaddleMisconfigured('a live Paddle key is refused with a base address');
    const { origin, protocol } = new URL(baseUrl);
    if (protocol !== 'http:' && protocol !== 'https:') throw new PaddleMisconfigured('the base address for Paddle must be http or https');
    return origin as Environment;
  }
  if (environment === 'sandbox') {
    if (isLive) throw new PaddleMisconfigured('a live Paddle key is refused in the sandbox environment');
    return Environment.sandbox;
  }
  if (environment === 'production') {
    if (apiKey.startsWith('pdl_sdbx_')) throw new PaddleMisconfigured('a sandbox Paddle key is refused in the production environment');
    return Environment.production;
  }
  throw new PaddleMisconfigured('a Paddle account needs its environment: sandbox or production');
}

/** True for a key that cannot be one of that environment, so that nobody learns it from a buyer's failed payment. */
export function refusesKey(environment: 'local' | 'sandbox' | 'production', apiKey: string): boolean {
  if (environment === 'production') return apiKey.startsWith('pdl_sdbx_');
  return apiKey.startsWith('pdl_live_');
}
