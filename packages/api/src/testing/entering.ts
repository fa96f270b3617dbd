import { resolveSession, withTenant } from '@interdomestik/db';
import { sessions } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import type { Context } from '../context';
import { callerFor, systemScopeOf } from './callers';
import type { TestPerson, TestTenant } from './world';

/** A browser that has just given the right password; what it may do is read anew by `at`, as at each request. */
export interface EnteringBrowser {
  readonly sessionId: string;
  /** The caller as the session row is now. */
  readonly at: (overrides?: Partial<Context>) => Promise<ReturnType<typeof callerFor>>;
  /** What the session row says now. */
  readonly state: () => ReturnType<typeof resolveSession>;
}

/** Somebody at the sign-in whose password was right and who has given no code. */
export async function entering(tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>, app: 'member' | 'admin' = person.role === 'member' ? 'member' : 'admin'): Promise<EnteringBrowser> {
  const sessionId = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(sessions).values({ tenantId: tenant.id, id: sessionId, userId: person.id, app, expiresAt: new Date(Date.now() + 3_600_000) });
  });
  const state = () => resolveSession({ kind: 'session', tenantId: tenant.id, sessionId, app });
  return { sessionId, state, at: async (overrides = {}) => callerFor(null, { app, ...(await state()), ...overrides }) };
}
