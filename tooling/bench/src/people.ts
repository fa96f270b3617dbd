import { randomUUID } from 'node:crypto';
import { createCaller } from '@interdomestik/api';
import { passwords } from '@interdomestik/auth/passwords';
import { signIn } from '@interdomestik/auth/sign-in';
import { resolveScope, resolveSession, type PendingSession, type TenantScope } from '@interdomestik/db';
import { demoSignIns, type DemoSignIn } from '@interdomestik/db/seed';

type BenchRole = 'branch_manager' | 'tenant_admin';

function demoOf(slug: string, role: BenchRole): DemoSignIn {
  const demo = demoSignIns.find((one) => one.tenant === slug && one.role === role);
  if (demo === undefined) throw new Error(`no demo ${role} of ${slug}`);
  return demo;
}

/** The manager of the first branch of a tenant. */
export const managerOf = (slug: string): DemoSignIn => demoOf(slug, 'branch_manager');

// a code of the app is good once, so each person signs in once
const scopes = new Map<string, Promise<TenantScope>>();

function scopeOf(slug: string, role: BenchRole): Promise<TenantScope> {
  const key = `${slug} ${role}`;
  const scope = scopes.get(key) ?? enter(slug, role);
  scopes.set(key, scope);
  return scope;
}

/** The manager's scope, over a session of this process. */
export const managerScope = (slug: string): Promise<TenantScope> => scopeOf(slug, 'branch_manager');

/** The administrator's, who has just proven who it is. */
export const adminScope = (slug: string): Promise<TenantScope> => scopeOf(slug, 'tenant_admin');

async function enter(slug: string, role: BenchRole): Promise<TenantScope> {
  const { email, password } = demoOf(slug, role);
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
