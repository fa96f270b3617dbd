import { weaknessOf } from '@interdomestik/rules/secrets';
import { z } from 'zod';

const optionalText = z.string().trim().min(1).optional();
const optionalUrl = z.url({ protocol: /^https?$/u, error: 'must be an http:// or https:// address' }).optional();
const oneOf = <const T extends readonly [string, ...string[]]>(words: T) => z.enum(words, { error: `must be one of ${words.join(', ')}` });

const schema = z
  .object({
    APP_ENV: oneOf(['development', 'test', 'demo', 'demo-local', 'production']).default('development'),
    /** Domain below which every tenant has its hosts. */
    ROOT_DOMAIN: z.string().regex(/^[a-z0-9.-]+$/u, { error: 'must be a domain name' }).default('localhost'),
    /** Ports of the portals while ROOT_DOMAIN is localhost. */
    MEMBER_PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
    ADMIN_PORT: z.coerce.number().int().min(1).max(65_535).default(3001),
    /** Database of the job queue: the runtime role's, as everywhere. */
    DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//u, { error: 'must be a postgres:// address' }).optional(),
    /** Seals sessions and queued jobs. */
    AUTH_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
    /** Base64 keys of 32 bytes, newest first, separated by commas. */
    ENCRYPTION_KEY: optionalText,
    /** Seals the audit trail: base64 keys of 32 bytes, newest first. Only the worker and the check need it. */
    AUDIT_KEY: optionalText,
    /** Folder outside the database in which the heads of the audit chains are written down. */
    AUDIT_ANCHOR_DIR: optionalText,
    /** Address of a payment simulator; never the provider's own. */
    PADDLE_API_BASE: optionalUrl,
    /** Address of the service that clears invoices; absent: nothing is sent, and invoices say that they wait. */
    EFAKTURA_API_BASE: optionalUrl,
    UPLOADTHING_TOKEN: optionalText,
    UPLOADTHING_INGEST_URL: optionalUrl,
    UPLOADTHING_API_URL: optionalUrl,
    UPLOADTHING_CALLBACK_URL: optionalUrl,
    UPLOADTHING_UFS_HOST: optionalText,
    UPLOADTHING_UFS_APP_ID_LOCATION: oneOf(['path', 'subdomain']).optional(),
    UPLOADTHING_IS_DEV: oneOf(['true', 'false']).optional(),
    /** Mail server; absent means that mails stay in the mailbox and reach nobody. */
    SMTP_URL: z.string().regex(/^smtps?:\/\/[^\s]+$/u, { error: 'must be an smtp:// or smtps:// address' }).optional(),
    /** Sender of every mail: `address` or `Name <address>`. */
    MAIL_FROM: optionalText,
  })
  .superRefine((value, ctx) => {
    if (value.SMTP_URL !== undefined && value.MAIL_FROM === undefined) {
      ctx.addIssue({ code: 'custom', path: ['MAIL_FROM'], message: 'is needed when SMTP_URL is set' });
    }
    if (value.APP_ENV === 'production' && value.PADDLE_API_BASE !== undefined) {
      ctx.addIssue({ code: 'custom', path: ['PADDLE_API_BASE'], message: 'must not be set when APP_ENV=production' });
    }
    if (value.APP_ENV === 'production' && value.EFAKTURA_API_BASE?.startsWith('https://') === false) {
      ctx.addIssue({ code: 'custom', path: ['EFAKTURA_API_BASE'], message: 'must be an https:// address when APP_ENV=production' });
    }
  });

/** The settings of this package, read from the environment. */
export type ApiEnv = z.output<typeof schema>;

/**
 * Reads and checks the settings of this package. An empty value counts as absent.
 * Throws one line that names the variable and what is wrong with it, never its value.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): ApiEnv {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(filled);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'is not valid'}`);
}

const needed = ['AUTH_SECRET', 'ENCRYPTION_KEY', 'UPLOADTHING_TOKEN'] as const;
/** What only the process with the jobs needs, and so only it should have. */
const neededToSeal = ['AUDIT_KEY', 'AUDIT_ANCHOR_DIR'] as const;

/**
 * Refuses to go on in production without the settings that the vendors need, or with a secret that everybody could guess. Call it once when a
 * process starts, with `seals` in the one that seals the audit trail. Throws one line that names every missing variable, never a value.
 */
export function requireProductionSettings(settings: ApiEnv = env, { seals = false }: { readonly seals?: boolean } = {}): void {
  if (settings.APP_ENV !== 'production') return;
  const missing = [...needed, ...(seals ? neededToSeal : [])].filter((name) => settings[name] === undefined);
  if (missing.length > 0) throw new Error(`APP_ENV=production needs ${missing.join(', ')}`);
  const weakness = weaknessOf(settings.AUTH_SECRET ?? '');
  if (weakness !== null) throw new Error(`AUTH_SECRET ${weakness}`);
  for (const name of ['ENCRYPTION_KEY', ...(seals ? ['AUDIT_KEY' as const] : [])] as const) {
    if ((settings[name] ?? '').split(',').some((key) => new Set(Buffer.from(key, 'base64')).size < 10)) throw new Error(`${name} repeats the same few bytes: make a random one`);
  }
}

export const env: ApiEnv = readEnv();
