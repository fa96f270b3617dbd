import { createHash } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { authEnv } from './env';

/** All that a session cookie holds. It names a row and proves that we wrote it; rights come from the row at each request. */
export interface SessionToken {
  readonly tenantId: string | null;
  readonly sid: string;
  readonly kind: 'tenant' | 'platform';
}

const claims = z.object({ tenantId: z.string().min(1).nullable(), sid: z.uuid(), kind: z.enum(['tenant', 'platform']), exp: z.number() });

interface Known {
  readonly token: SessionToken;
  /** Seconds since 1970. */
  readonly exp: number;
}

const capacity = 10_000;
// decrypting costs more than the session's query; by hash, so that no cookie lies in memory
const opened = new Map<string, Known>();

/** The three claims out of anything; null unless they are all there and fit together. */
export function claimsOf(payload: unknown): Known | null {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) return null;
  const { tenantId, sid, kind, exp } = parsed.data;
  if ((kind === 'tenant') !== (tenantId !== null)) return null;
  return { token: { tenantId, sid, kind }, exp };
}

/** Opens a session cookie. Null when it is not ours, altered, or over. What it names is still to be read from the database. */
export async function openToken(value: string, now: Date = new Date()): Promise<SessionToken | null> {
  if (value.length > 4096) return null;
  const key = createHash('sha256').update(value).digest('base64');
  const seconds = now.getTime() / 1000;
  const known = opened.get(key);
  if (known !== undefined) {
    if (known.exp > seconds) return known.token;
    opened.delete(key);
    return null;
  }
  const payload = await decode({ token: value, secret: authEnv().secret }).catch(() => null);
  const found = claimsOf(payload);
  if (found === null || found.exp <= seconds) return null;
  if (opened.size >= capacity) {
    const oldest = opened.keys().next().value;
    if (oldest !== undefined) opened.delete(oldest);
  }
  opened.set(key, found);
  return found.token;
}

/** Seals a session token as next-auth does; for tests and benchmarks, which sign in without a form. */
export async function sealToken(token: SessionToken, maxAgeSeconds: number): Promise<string> {
  return await encode({ token: { ...token }, secret: authEnv().secret, maxAge: maxAgeSeconds });
}
