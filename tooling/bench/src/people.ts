import { randomUUID } from 'node:crypto';
import { createCaller } from '@interdomestik/api';
import { passwords } from '@interdomestik/auth/passwords';
import { signIn } from '@interdomestik/auth/sign-in';
import { resolveScope, resolveSession, type PendingSession, type TenantScope } from '@interdomestik/db';
import { demoSignIns, type DemoSignIn } from '@interdomestik/db/seed';

/** The manager of the first branch of a tenant. */
export function managerOf(slug: string): DemoSignIn {
  const demo = demoSignIns.find((one) => one.tenant === slug && one.role === 'branch_manager');
  if (demo === undefined) throw new Error(`no demo manager of ${slug}`);
  return demo;
}

// a code of the app is good once, so each person signs in once
const scopes = new Map<string, Promise<TenantScope>>();

function scopeOf(person: DemoSignIn): Promise<TenantScope> {
  const scope = scopes.get(person.email) ?? enter(person);
  scopes.set(person.email, scope);
  return scope;
}

/** The manager's scope, over a session of this process. */
export const managerScope = (slug: string): Promise<TenantScope> => scopeOf(managerOf(slug));

/** Everybody who sells in the branches of a tenant, each over a session of their own. */
export const sellerScopes = async (slug: string): Promise<TenantScope[]> =>
  await Promise.all(demoSignIns.filter(({ tenant, role }) => tenant === slug && (role === 'agent' || role === 'branch_manager')).map(scopeOf));

/** The same of the tenant's administrator. */
export async function adminScope(slug: string): Promise<TenantScope> {
  const demo = demoSignIns.find((one) => one.tenant === slug && one.role === 'tenant_admin');
  if (demo === undefined) throw new Error(`no demo administrator of ${slug}`);
  return await scopeOf(demo);
}

async function enter({ tenant: slug, email, password }: DemoSignIn): Promise<TenantScope> {
  const site = await resolveScope({ kind: 'visitor', slug });
  if (site === null) throw new Error(`no tenant ${slug}`);
  const { sessionId } = await signIn(site, 'admin', { email, password, ip: '127.0.0.1', userAgent: 'bench' });
  const source = { kind: 'session', tenantId: site.tenantId, sessionId, app: 'admin' } as const;
  const { pending } = await resolveSession(source);
  if (pending !== null) {
    const { demoCode } = await callerOf(null, pending).secondFactor.state();
    await callerOf(null, pending).secondFactor.verify({ code: demoCode ?? '' });
  }
  const scope = await resolveScope(source);
  if (scope === null) throw new Error('the demo manager could not be signed in');
  return scope;
}

/** The real caller, as server components use it. */
export function callerOf(scope: TenantScope | null, pending: PendingSession | null = null) {
  return createCaller({
    app: 'admin', site: null, scope, platform: null, pending, locale: 'en', origin: 'http://localhost', ip: '127.0.0.1', userAgent: 'bench', requestId: randomUUID(), now: new Date(), passwords,
  });
}
