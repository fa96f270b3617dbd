import { and, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import { actAsTenant, inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, sessions, tenantSettings, user, userRoles } from '@interdomestik/db/schema';
import { DomainError, isDomainError, limitsSchema, newId, staffRoles } from '@interdomestik/rules';
import { signInInput } from '@interdomestik/rules/users';
import type { App } from './cookies';
import { countSignIn, defaultSignInRule, lockedOut, type SignInRule } from './limits';
import { hashPassword, needsRehash, verifyPassword } from './passwords';

/** Seconds that the cookie of a session may last: the longest that a tenant's rule may allow. The session's own end is in its row. */
export const cookieSeconds = 2160 * 3600;

/** A person at the door. */
export interface SignInAttempt {
  readonly email: string;
  readonly password: string;
  /** Address of the browser, for the limits. */
  readonly ip: string;
  readonly userAgent: string;
}

/** A session that was just begun. */
export interface NewSession {
  readonly sessionId: string;
  readonly expiresAt: Date;
}

interface Account {
  readonly id: string;
  readonly status: string;
  readonly passwordHash: string | null;
  readonly branchId: string | null;
  readonly roles: readonly string[];
}

async function findAccount(scope: TenantScope, email: string): Promise<Account | null> {
  const rows = await readTenant(scope, (tx) =>
    tx
      .select({ id: user.id, status: user.status, passwordHash: user.passwordHash, branchId: user.branchId, role: userRoles.role })
      .from(user)
      .leftJoin(userRoles, and(eq(userRoles.tenantId, user.tenantId), eq(userRoles.userId, user.id)))
      .where(and(eq(user.tenantId, scope.tenantId), eq(user.signInEmail, email))),
  );
  const first = rows[0];
  if (first === undefined) return null;
  return { ...first, roles: rows.flatMap((row) => (row.role === null ? [] : [row.role])) };
}

interface Rules {
  readonly signIn: SignInRule;
  /** Until a session ends by itself, however busy it is. */
  readonly absoluteHours: Readonly<Record<App, number>>;
}

const ofLimits = limitsSchema.pick({ login: true, session: true, memberSession: true }).partial();

/** What the tenant's published rule says of signing in, and ours where it says nothing. */
async function rulesOf(scope: TenantScope): Promise<Rules> {
  const [row] = await readTenant(scope, (tx) =>
    tx.select({ value: tenantSettings.value }).from(tenantSettings)
      .where(and(
        eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.kind, 'limits'), eq(tenantSettings.status, 'published'), isNull(tenantSettings.branchId), lte(tenantSettings.effectiveFrom, sql`now()`),
      ))
      .orderBy(desc(tenantSettings.effectiveFrom), desc(tenantSettings.version)).limit(1));
  const rule = ofLimits.safeParse(row?.value);
  const { login, session, memberSession } = rule.success ? rule.data : {};
  return { signIn: login ?? defaultSignInRule, absoluteHours: { admin: session?.absoluteHours ?? 12, member: memberSession?.absoluteHours ?? 720 } };
}

/** One line of the tenant's audit trail about a sign-in: who when known, never what was typed. */
async function note(tx: Tx, scope: TenantScope, operation: string, account: Account | null, after: Record<string, string>): Promise<void> {
  const known = operation === 'SIGN_IN' && account !== null;
  await tx.insert(auditLogs).values({
    tenantId: scope.tenantId, id: newId(), actorKind: known ? 'user' : 'visitor', actorId: known ? account.id : null, action: scope.action,
    requestId: scope.requestId, operation, entity: 'user', entityId: account?.id ?? null, branchId: account?.branchId ?? null, before: null, after,
  });
}

/** Why the right password does not open this portal; null when it does. */
function closedTo(account: Account, app: App): DomainError | null {
  if (account.status !== 'active') return new DomainError('FORBIDDEN', 'errors.signIn.disabled');
  const fits = app === 'member' ? account.roles.includes('member') : account.roles.some((role) => staffRoles.some((staff) => staff === role));
  return fits ? null : new DomainError('FORBIDDEN', 'errors.signIn.wrongPortal');
}

const failed = (): DomainError => new DomainError('UNAUTHENTICATED', 'errors.signIn.failed');

/**
 * Signs a person of the host's tenant in and begins a session. `site` is the tenant as a visitor sees it.
 *
 * Throws RATE_LIMITED after too many wrong attempts, UNAUTHENTICATED for a wrong e-mail or password alike and after the same time, FORBIDDEN when the right
 * password belongs to a disabled account or to the other portal. Each outcome is written to the audit trail.
 */
export async function signIn(site: TenantScope, app: App, attempt: SignInAttempt): Promise<NewSession> {
  // a visitor may not see accounts; the tenant itself looks, for this one question
  const scope = actAsTenant(site, 'auth.signIn');
  const parsed = signInInput.safeParse({ email: attempt.email, password: attempt.password });
  const email = parsed.success ? parsed.data.email : attempt.email.trim().toLowerCase().slice(0, 320);
  const [rules, account] = await Promise.all([rulesOf(scope), parsed.success ? findAccount(scope, email) : null]);
  const counters = await countSignIn(scope.tenantId, email, attempt.ip, rules.signIn);
  if (counters.secondsLeft !== null) {
    if (counters.justLocked) await withTenant(scope, (tx) => note(tx, scope, 'LOCKED_OUT', account, { app }));
    throw lockedOut(counters.secondsLeft);
  }
  const right = await verifyPassword(account?.passwordHash ?? null, attempt.password);
  if (!right || account === null || account.passwordHash === null) {
    await withTenant(scope, (tx) => note(tx, scope, 'SIGN_IN_FAILED', account, { app }));
    throw failed();
  }
  const closed = closedTo(account, app);
  if (closed !== null) {
    await withTenant(scope, (tx) => note(tx, scope, 'SIGN_IN_REFUSED', account, { app, reason: closed.messageKey }));
    throw closed;
  }
  const stronger = needsRehash(account.passwordHash) ? await hashPassword(attempt.password) : null;
  const expiresAt = new Date(Date.now() + rules.absoluteHours[app] * 3_600_000);
  const session = await begin(scope, app, { account, checked: account.passwordHash, stronger, userAgent: attempt.userAgent, expiresAt });
  await counters.clear();
  return session;
}

interface Beginning {
  readonly account: Account;
  /** The hash that the password fitted. */
  readonly checked: string;
  /** A hash of stronger parameters, when that one is old. */
  readonly stronger: string | null;
  readonly userAgent: string;
  readonly expiresAt: Date;
}

async function begin(scope: TenantScope, app: App, { account, checked, stronger, userAgent, expiresAt }: Beginning): Promise<NewSession> {
  const sessionId = newId();
  await withTenant(scope, async (tx) => {
    // the password may have been changed, or the person disabled, while the hash was being checked
    const [still] = await tx
      .select({ id: user.id })
      .from(user)
      .where(and(eq(user.tenantId, scope.tenantId), eq(user.id, account.id), eq(user.passwordHash, checked), eq(user.status, 'active')))
      .for('no key update');
    if (still === undefined) throw failed();
    if (stronger !== null) await tx.update(user).set({ passwordHash: stronger }).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, account.id)));
    await tx.insert(sessions).values({ tenantId: scope.tenantId, id: sessionId, userId: account.id, app, userAgent: userAgent.slice(0, 300), expiresAt });
    await note(tx, scope, 'SIGN_IN', account, { app });
  });
  return { sessionId, expiresAt };
}

/** Ends the session of a scope; ending it twice is the same as once. */
export async function endSession(scope: TenantScope): Promise<void> {
  const { sessionId } = scope;
  if (sessionId === null) return;
  await withTenant(inAction(scope, 'auth.signOut'), async (tx) => {
    await tx.update(sessions).set({ revokedAt: sql`now()` }).where(and(eq(sessions.tenantId, scope.tenantId), eq(sessions.id, sessionId), sql`${sessions.revokedAt} is null`));
    await tx.insert(auditLogs).values({
      tenantId: scope.tenantId, id: newId(), actorKind: scope.actor.kind, actorId: scope.actor.id, action: 'auth.signOut', requestId: scope.requestId,
      operation: 'SIGN_OUT', entity: 'user', entityId: scope.actor.id, branchId: null, before: null, after: null,
    });
  });
}

/** The message of a refusal as one string, for next-auth, which carries no more: `errors.rateLimited|{"minutes":3}`. */
export function messageOfRefusal(error: unknown): string {
  if (!isDomainError(error)) return 'errors.unexpected';
  return Object.keys(error.params).length === 0 ? error.messageKey : `${error.messageKey}|${JSON.stringify(error.params)}`;
}
