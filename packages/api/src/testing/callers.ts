import { resolveScope, withTenant, type TenantScope } from '@interdomestik/db';
import { sessions } from '@interdomestik/db/schema';
import { isLocale, newId } from '@interdomestik/rules';
import type { Context } from '../context';
import { createCaller } from '../root';
import { testPasswords } from './settings';
import type { TestPerson, TestTenant } from './world';

async function system(tenant: Pick<TestTenant, 'id'>): Promise<TenantScope> {
  const scope = await resolveScope({ kind: 'job', tenantId: tenant.id, job: 'test' });
  if (scope === null) throw new Error('the test tenant is suspended or gone');
  return scope;
}

/** What a background job of the tenant holds: everything in it. For looking behind the services' backs. */
export const systemScopeOf = system;

/** The tenant's public site. */
export async function visitorOf(tenant: Pick<TestTenant, 'slug'>): Promise<TenantScope> {
  const scope = await resolveScope({ kind: 'visitor', slug: tenant.slug });
  if (scope === null) throw new Error('the test tenant is suspended or gone');
  return scope;
}

/** The scope of a person who is signed in, over a real session row. Members are in the member portal, everybody else in the admin portal. */
export async function scopeOf(tenant: Pick<TestTenant, 'id'>, person: Pick<TestPerson, 'id' | 'role'>, app: 'member' | 'admin' = person.role === 'member' ? 'member' : 'admin'): Promise<TenantScope> {
  const sessionId = newId();
  await withTenant(await system(tenant), async (tx) => {
    await tx.insert(sessions).values({ tenantId: tenant.id, id: sessionId, userId: person.id, app, verifiedAt: new Date(), secondFactorAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) });
  });
  const scope = await resolveScope({ kind: 'session', tenantId: tenant.id, sessionId, app });
  if (scope === null) throw new Error(`a ${person.role} could not be signed in`);
  return scope;
}

/** The real caller as somebody: a signed-in scope, a visitor's, or nobody. */
export function callerFor(scope: TenantScope | null, overrides: Partial<Context> = {}) {
  return createCaller(contextFor(scope, overrides));
}

/** What a request of that somebody brings along. */
export function contextFor(scope: TenantScope | null, overrides: Partial<Context> = {}): Context {
  const visitor = scope !== null && scope.actor.kind === 'visitor';
  const locale = scope?.actor.locale;
  return {
    app: scope?.roles.includes('member') === true || visitor ? 'member' : 'admin', site: visitor ? scope : null, scope: visitor ? null : scope, platform: null, pending: null,
    locale: isLocale(locale) ? locale : 'en', origin: `http://${scope?.tenant.slug ?? 'www'}.localhost:3000`, ip: '127.0.0.1', userAgent: 'test', requestId: newId(), now: new Date(),
    passwords: testPasswords, ...overrides,
  };
}
