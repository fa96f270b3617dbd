import { z } from 'zod';

const url = z
  .string()
  .regex(/^postgres(ql)?:\/\//u, 'must be a postgres:// URL')
  .optional();

const schema = z.object({
  DATABASE_URL: url,
  DATABASE_OWNER_URL: url,
  DATABASE_PLATFORM_URL: url,
  DATABASE_BACKUP_URL: url,
  TEST_DATABASE_URL: url,
  APP_ENV: z.enum(['development', 'test', 'demo', 'demo-local', 'production']).optional(),
  NEON_WS_PROXY: z.string().optional(),
  NEON_WS_INSECURE: z.enum(['0', '1']).optional(),
});

/** The settings of this package, read from the environment. */
export interface DatabaseEnv {
  readonly databaseUrl: string | undefined;
  readonly ownerUrl: string | undefined;
  readonly platformUrl: string | undefined;
  readonly backupUrl: string | undefined;
  /** A login that may create databases and roles; tests then leave the embedded server alone. */
  readonly testDatabaseUrl: string | undefined;
  readonly appEnv: 'development' | 'test' | 'demo' | 'demo-local' | 'production';
  /** `host:port/path` of a WebSocket relay in front of a plain Postgres, for the Neon driver. */
  readonly neonWsProxy: string | undefined;
  /** True when that relay speaks ws:// and not wss://. */
  readonly neonWsInsecure: boolean;
}

/**
 * Reads and checks the settings of this package. An empty value counts as absent.
 * Throws one line naming the variable and what is wrong with it; never its value, which may hold a password.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): DatabaseEnv {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(filled);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'invalid'}`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    ownerUrl: env.DATABASE_OWNER_URL,
    platformUrl: env.DATABASE_PLATFORM_URL,
    backupUrl: env.DATABASE_BACKUP_URL,
    testDatabaseUrl: env.TEST_DATABASE_URL,
    appEnv: env.APP_ENV ?? 'development',
    neonWsProxy: env.NEON_WS_PROXY,
    neonWsInsecure: env.NEON_WS_INSECURE === '1',
  };
}

/** The environment for a child process of ours: no PG* variable may redirect it, no locale may change its words. */
export function childEnv(source: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const env = { ...source };
  for (const name of Object.keys(env)) if (name.startsWith('PG') || name.startsWith('LC_')) delete env[name];
  env['LC_ALL'] = 'C';
  env['TZ'] = 'UTC';
  return env;
}
