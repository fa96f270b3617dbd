import { readEnv } from '../env';

/** Which client library reaches a database. */
export type Driver = 'pg' | 'neon';

/** How to reach a database, as its connection string says it. */
export interface Target {
  readonly driver: Driver;
  /** Without the parameters that are ours alone. */
  readonly connectionString: string;
  /** A transaction pooler stands between: no start-up parameters, no session state. */
  readonly pooled: boolean;
}

/** Reads a connection string. `?driver=neon|pg` decides, else the host; `?pooler=transaction` marks a pooler. */
export function readTarget(url: string): Target {
  const parsed = new URL(url);
  const asked = parsed.searchParams.get('driver');
  if (asked !== null && asked !== 'neon' && asked !== 'pg') throw new Error(`unknown driver=${asked} in the database URL: pg or neon`);
  const neonHost = parsed.hostname.endsWith('.neon.tech');
  const pooled = parsed.searchParams.get('pooler') === 'transaction' || (neonHost && /^[^.]+-pooler\./u.test(parsed.hostname));
  parsed.searchParams.delete('driver');
  parsed.searchParams.delete('pooler');
  return { driver: asked ?? (neonHost ? 'neon' : 'pg'), connectionString: parsed.toString(), pooled };
}

/** A WebSocket relay in front of a plain Postgres, for the Neon driver away from Neon. */
export interface NeonRelay {
  /** `host:port/path`. */
  readonly wsProxy: string;
  /** ws:// and no TLS inside. */
  readonly insecure: boolean;
}

/** The relay that the environment names, if any. */
export function relayFromEnv(): NeonRelay | undefined {
  const env = readEnv();
  return env.neonWsProxy === undefined ? undefined : { wsProxy: env.neonWsProxy, insecure: env.neonWsInsecure };
}
