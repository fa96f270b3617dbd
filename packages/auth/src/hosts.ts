import { findTenant } from '@interdomestik/db';
import { authEnv } from './env';

/** A host of ours, or none. `closed`: of a tenant that is suspended. */
export type Host =
  | { readonly kind: 'tenant'; readonly slug: string }
  | { readonly kind: 'closed'; readonly name: string; readonly locales: readonly string[]; readonly defaultLocale: string }
  | { readonly kind: 'root' }
  | { readonly kind: 'unknown' };

/** Host without port and trailing dot, in lower case; empty when it is no host name. */
export function hostName(host: string): string {
  const name = host.trim().toLowerCase().replace(/:\d{1,5}$/u, '').replace(/\.$/u, '');
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/u.test(name) && name.length <= 253 ? name : '';
}

/**
 * Whose host this is: the bare root domain, or exactly one label of a tenant before it. Everything else, a tenant that is still being
 * prepared included, is unknown.
 */
export async function hostOf(host: string): Promise<Host> {
  const { rootDomain } = authEnv();
  const name = hostName(host);
  if (name === rootDomain) return { kind: 'root' };
  if (!name.endsWith(`.${rootDomain}`)) return { kind: 'unknown' };
  const slug = name.slice(0, -rootDomain.length - 1);
  const tenant = await findTenant({ slug });
  if (tenant === null || tenant.status === 'preparing') return { kind: 'unknown' };
  if (tenant.status === 'suspended') return { kind: 'closed', name: tenant.name, locales: tenant.locales, defaultLocale: tenant.defaultLocale };
  return { kind: 'tenant', slug };
}
