import { eq } from 'drizzle-orm';
import { platformDoor, resolvePlatformScope, withPlatform, withTenant, type PlatformScope } from '@interdomestik/db';
import { platformSessions, platformUsers, user, userRoles } from '@interdomestik/db/schema';
import { newId, type StaffRole } from '@interdomestik/rules';
import { nameColumns } from '../members/search';
import { systemScopeOf, testPasswords, type TestPerson, type TestTenant } from '../testing';

const password = 'a quiet river in autumn';
let passwordHash: Promise<string> | undefined;

/** The hash of the password that everybody here signs in with. */
export const commonHash = (): Promise<string> => (passwordHash ??= testPasswords.hash(password));

export interface NewColleague {
  readonly role: StaffRole;
  readonly branchId: string | null;
  readonly firstName: string;
  readonly status?: 'active' | 'invited' | 'disabled';
}

/** Somebody more who works in the tenant. */
export async function addColleague(tenant: TestTenant, { role, branchId, firstName, status = 'active' }: NewColleague): Promise<TestPerson> {
  const id = newId();
  const email = `${firstName.toLowerCase()}-${id.slice(-12)}@${tenant.slug}.example`;
  const hash = await commonHash();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(user).values({
      tenantId: tenant.id, id, branchId, ...nameColumns(firstName, role.replace('_', ' ')), email, signInEmail: status === 'invited' ? null : email, passwordHash: status === 'invited' ? null : hash,
      emailVerifiedAt: status === 'invited' ? null : new Date(), status, locale: tenant.pack.rules.languages.default,
    });
    await tx.insert(userRoles).values({ tenantId: tenant.id, id: newId(), userId: id, role, branchId: role === 'tenant_admin' ? null : branchId });
  });
  return { id, email, role, branchId, password };
}

/** A super admin in a browser of their own; the console of its next request. */
export async function signInRoot(): Promise<{ readonly sessionId: string; readonly console: PlatformScope }> {
  const [userId, sessionId] = [newId(), newId()];
  await withPlatform(platformDoor(), 'test.attacks', async (tx) => {
    await tx.insert(platformUsers).values({ id: userId, email: `root-${userId}@example.com`, passwordHash: 'x', name: 'Root Person' });
    await tx.insert(platformSessions).values({ id: sessionId, platformUserId: userId, secondFactorAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) });
  });
  return { sessionId, console: await consoleOf(sessionId) };
}

/** The console of a super admin as the next request of that browser finds it. */
export async function consoleOf(sessionId: string): Promise<PlatformScope> {
  const scope = await resolvePlatformScope(sessionId);
  if (scope === null) throw new Error('the super admin is not signed in');
  return scope;
}

let outside: ReturnType<typeof signInRoot> | undefined;

/** The super admin who stays outside: one for all places, so that an entry can name what is that person's own. */
export const outsideRoot = (): ReturnType<typeof signInRoot> => (outside ??= signInRoot());

/** Forgets them: the next world has a database of its own. */
export const forgetOutsideRoot = (): void => {
  outside = undefined;
};

/** Another browser of theirs. */
export async function outsideSession(): Promise<string> {
  const [id, { console: { session } }] = [newId(), await outsideRoot()];
  await withPlatform(platformDoor(), 'test.attacks', (tx) => tx.insert(platformSessions).values({ id, platformUserId: session?.userId ?? '', secondFactorAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) }));
  return id;
}

/** Gives them a password, and tells it. */
export async function outsidePassword(): Promise<string> {
  const [{ console: { session } }, passwordHash] = [await outsideRoot(), await commonHash()];
  await withPlatform(platformDoor(), 'test.attacks', (tx) => tx.update(platformUsers).set({ passwordHash }).where(eq(platformUsers.id, session?.userId ?? '')));
  return password;
}
