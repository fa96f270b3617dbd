import { weaknessOf } from '@interdomestik/rules/secrets';
import { z } from 'zod';

const schema = z.object({
  AUTH_SECRET: z.string({ error: 'is not set: sessions cannot be sealed' }).superRefine((secret, ctx) => {
    const weakness = weaknessOf(secret);
    if (weakness !== null) ctx.addIssue({ code: 'custom', message: weakness });
  }),
  ROOT_DOMAIN: z.string().trim().toLowerCase().regex(/^[a-z0-9.-]+$/u, { error: 'must be a bare host name' }).default('localhost'),
});

/** The settings of this package. */
export interface AuthEnv {
  readonly secret: string;
  /** Host under which every tenant has its own: `ks.<rootDomain>`. */
  readonly rootDomain: string;
}

/**
 * Reads and checks the settings of this package. An empty value counts as absent. Throws one line that names the variable and what is wrong
 * with it, never its value.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): AuthEnv {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(filled);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'is not valid'}`);
  }
  return { secret: parsed.data.AUTH_SECRET, rootDomain: parsed.data.ROOT_DOMAIN };
}

let settings: AuthEnv | null = null;

/** The settings, read at the first use: a build knows no secrets. Throws like `readEnv`. */
export function authEnv(): AuthEnv {
  settings ??= readEnv();
  return settings;
}

/**
 * Tells next-auth to take each request's own host as its origin, since one process serves many; the hosts are checked
 * before it is called. A NEXTAUTH_URL would send every tenant to one host, so it is dropped.
 */
export function serveManyHosts(): void {
  process.env['AUTH_TRUST_HOST'] = 'true';
  delete process.env['NEXTAUTH_URL'];
}
