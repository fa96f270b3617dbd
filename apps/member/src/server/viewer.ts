import { can, type Permission, type Role } from '@interdomestik/rules';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { requestContext } from './context';
import { signInPath } from './paths';

/** The signed-in person as pages greet and steer them. Rights are decided by the procedures, not here. */
export interface Viewer {
  readonly kind: 'user' | 'platform';
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly roles: readonly Role[];
  readonly tenant: { readonly slug: string; readonly name: string; readonly countryCode: string; readonly timeZone: string; readonly currency: string; readonly locales: readonly string[] };
  readonly reach: 'tenant' | 'branch' | 'own' | 'self' | 'public';
  /** The stay of a super admin inside this tenant; null for everybody else. */
  readonly entry: { readonly reason: string; readonly expiresAt: Date } | null;
  /** Whether to show a thing; the procedure behind it decides again. */
  readonly can: (permission: Permission) => boolean;
}

/** The signed-in person, or null for a visitor. */
export const maybeViewer = cache(async (): Promise<Viewer | null> => {
  const { scope } = await requestContext();
  if (scope === null || scope.actor.id === null) return null;
  const { slug, name, countryCode, timeZone, currency, locales } = scope.tenant;
  return {
    kind: scope.actor.kind === 'platform' ? 'platform' : 'user',
    id: scope.actor.id, firstName: scope.actor.firstName, lastName: scope.actor.lastName, email: scope.actor.email, roles: scope.roles,
    tenant: { slug, name, countryCode, timeZone, currency, locales },
    reach: scope.reach.kind,
    entry: scope.entry === null ? null : { reason: scope.entry.reason, expiresAt: scope.entry.expiresAt },
    can: (permission) => can(scope.permissions, permission),
  };
});

/** The signed-in person; sends a visitor to the sign-in, and shows the 404 page when `permission` is missing. */
export async function viewer(permission?: Permission): Promise<Viewer> {
  const person = await maybeViewer();
  if (person === null) redirect(await signInPath());
  if (permission !== undefined && !person.can(permission)) notFound();
  return person;
}

/** The tenant of this host, for pages that visitors see. */
export interface Site {
  readonly slug: string;
  readonly name: string;
  readonly countryCode: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly locales: readonly string[];
}

/** The tenant of this host; null on the bare root domain, where a tenant is chosen first. */
export async function maybeSite(): Promise<Site | null> {
  const { site, scope } = await requestContext();
  const tenant = site?.tenant ?? scope?.tenant ?? null;
  if (tenant === null) return null;
  const { slug, name, countryCode, currency, timeZone, locales } = tenant;
  return { slug, name, countryCode, currency, timeZone, locales };
}

/** The tenant of this host; sends everybody to the tenant picker on the bare root domain. */
export async function site(): Promise<Site> {
  const found = await maybeSite();
  if (found === null) redirect('/');
  return found;
}
