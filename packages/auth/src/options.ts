import type { NextAuthOptions, Session, User } from 'next-auth';
import { resolveScope } from '@interdomestik/db';
import { DomainError, isDomainError } from '@interdomestik/rules';
import { cookieNames, type App } from './cookies';
import { authEnv, serveManyHosts } from './env';
import { hostOf } from './hosts';
import { identify, type Bearer } from './identify';
import { endPlatformSession, signInPlatform } from './platform-sign-in';
import { cookieSeconds, endSession, messageOfRefusal, signIn } from './sign-in';
import { claimsOf, type SessionToken } from './token';

/** What the sign-in needs to know of its request. */
export interface Visitor extends Bearer {
  readonly ip: string;
  readonly userAgent: string;
}

async function enter(app: App, visitor: Visitor, email: string, password: string): Promise<SessionToken> {
  const host = await hostOf(visitor.host);
  const attempt = { email, password, ip: visitor.ip, userAgent: visitor.userAgent };
  if (host.kind === 'root' && app === 'admin') {
    const { sessionId } = await signInPlatform(attempt, visitor.requestId);
    return { tenantId: null, sid: sessionId, kind: 'platform' };
  }
  const site = host.kind === 'tenant' ? await resolveScope({ kind: 'visitor', slug: host.slug }, visitor.requestId) : null;
  if (site === null) throw new DomainError('NOT_FOUND', 'errors.notFound');
  const { sessionId } = await signIn(site, app, attempt);
  return { tenantId: site.tenantId, sid: sessionId, kind: 'tenant' };
}

/** Faults that next-auth calls errors and whoever sends the request can cause at will. */
const ofClients: ReadonlySet<string> = new Set(['JWT_SESSION_ERROR', 'CLIENT_FETCH_ERROR', 'INVALID_CALLBACK_URL_ERROR']);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Only a path of ours, or the same origin: a link cannot send a person on to a stranger after the sign-in. */
function homeward(url: string, baseUrl: string): string {
  const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
  return target !== null && target.origin === new URL(baseUrl).origin ? target.toString() : baseUrl;
}

/**
 * next-auth's settings for one request: credentials, and a sealed cookie that names a session row and nothing else. Made for each request,
 * since the host decides the tenant. What a client sends to `session.update` is never read. `report` hears of faults of ours,
 * such as a database that does not answer; refusals are in the audit trail.
 */
export function authOptions(app: App, visitor: Visitor, report: (failure: unknown) => void): NextAuthOptions {
  serveManyHosts();
  const names = cookieNames(app, visitor.secure);
  const shared = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: visitor.secure };
  return {
    secret: authEnv().secret,
    session: { strategy: 'jwt', maxAge: cookieSeconds },
    jwt: { maxAge: cookieSeconds },
    useSecureCookies: visitor.secure,
    cookies: {
      sessionToken: { name: names.session, options: shared },
      csrfToken: { name: names.csrf, options: shared },
      callbackUrl: { name: names.callback, options: shared },
    },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    logger: {
      // only the name of the fault: next-auth would print what it was given, and browsers may post to its log as well
      error: (code) => {
        if (!ofClients.has(code) && /^[A-Z_]{3,60}$/u.test(code)) report(new Error(`next-auth: ${code}`));
      },
      warn: () => undefined,
      debug: () => undefined,
    },
    providers: [
      {
        id: 'credentials',
        name: 'credentials',
        type: 'credentials',
        credentials: { email: {}, password: {} },
        authorize: async (input) => {
          try {
            const token = await enter(app, visitor, text(input?.email), text(input?.password));
            return { id: token.sid, ...token };
          } catch (error) {
            if (!isDomainError(error)) report(error);
            throw new Error(messageOfRefusal(error), { cause: error });
          }
        },
      },
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        const from: unknown = (user as User | undefined) === undefined ? token : { ...user, exp: 1 };
        const claims = claimsOf(from);
        if (claims === null) throw new Error('not a session of ours');
        return { ...claims.token };
      },
      session: async ({ session }) => {
        const { scope, platform } = await identify(visitor, app);
        return { expires: session.expires, signedIn: scope !== null || platform !== null } as unknown as Session;
      },
      redirect: ({ url, baseUrl }) => homeward(url, baseUrl),
    },
    events: {
      signOut: async () => {
        const { scope, platform, pending } = await identify(visitor, app);
        if (platform?.session != null) await endPlatformSession(platform, platform.session.sessionId);
        else if (scope !== null) await endSession(scope);
        else if (pending?.kind === 'tenant') await endSession(pending.scope);
        else if (pending !== null) await endPlatformSession(pending.door, pending.session.sessionId);
      },
    },
  };
}
