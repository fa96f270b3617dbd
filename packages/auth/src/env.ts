import { z } from 'zod';

// secrets that stand in examples, tutorials and this kind of repository: whoever leaves one in has none
const known = ['secret', 'changeme', 'change-me', 'change_me', 'password', 'your-secret', 'nextauth', 'example', 'development', 'insecure', 'default', 'replace', 'placeholder', 'interdomestik'];

const enoughLetters = (secret: string): boolean => new Set(secret).size >= 10;
const notKnown = (secret: string): boolean => {
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), secret.toLowerCase());
  return rest.replace(/[^a-z0-9]/gu, '').length >= 24;
};

const schema = z.object({
  AUTH_SECRET: z
    .string({ error: 'is not set: sessions cannot be sealed' })
    .min(32, { error: 'must have at least 32 characters' })
    .refine(enoughLetters, { error: 'repeats the same few characters: make a random one' })
    .refine(notKnown, { error: 'is a well-known default: make a random one' }),
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
