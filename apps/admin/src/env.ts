import { z } from 'zod';

const text = z.string().trim().min(1).optional();

const schema = z.object({
  APP_ENV: z.enum(['development', 'test', 'demo', 'demo-local', 'production']).default('development'),
  PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  ADMIN_PORT: z.coerce.number().int().min(1).max(65_535).default(3001),
  /** Address to listen on; `localhost` means both loopback families. */
  HOST: z.string().trim().min(1).default('localhost'),
  /** 1 when a proxy of ours stands in front and sets the forwarding headers. */
  TRUST_PROXY: z.enum(['0', '1']).default('0'),
  /** Simulators of a local run, which the browser must be allowed to reach. */
  PADDLE_API_BASE: text,
  UPLOADTHING_INGEST_URL: text,
  UPLOADTHING_UFS_HOST: text,
  NODE_ENV: text,
});

/** The settings of this app. */
export type AppEnv = z.output<typeof schema>;

/** Reads and checks the settings of this app; an empty value counts as absent. Throws one line that names the variable. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): AppEnv {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(filled);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'is not valid'}`);
}

export const env: AppEnv = readEnv();

/** The port of this app's server. */
export const port = env.PORT ?? env.ADMIN_PORT;

/** Makes Next and React agree with the server's mode, and tells Next what else it takes from the environment. Call it before either is loaded. */
export function setMode(dev: boolean, forNext: Readonly<Record<string, string>>): void {
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', ...forNext });
}
