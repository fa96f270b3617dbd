import { neonConfig, Pool as NeonPool } from '@neondatabase/serverless';
import { Pool as PgPool, type Pool, type PoolClient } from 'pg';
import { WebSocket } from 'ws';
import { valueTypes } from './types';
import { readTarget, relayFromEnv, type NeonRelay } from './url';

/** How a pool is opened. */
export interface PoolOptions {
  /** Most connections at once. */
  readonly max: number;
  /** Seen in pg_stat_activity. */
  readonly applicationName: string;
  /** Overrides the role's own limit. Ignored behind a transaction pooler, which forbids it: set it in the transaction. */
  readonly statementTimeoutMs?: number;
  /**
   * Send queries without waiting for the answers of the ones before (default true; plain Postgres only). Such a
   * connection refuses cursors, query streams and COPY: open a pool with false for those.
   */
  readonly pipeline?: boolean;
  /** The relay for the Neon driver; by default the environment's. */
  readonly neonRelay?: NeonRelay;
}

const connectTimeoutMs = 10_000;
const idleTimeoutMs = 30_000;

/**
 * Opens a pool: over `pg`, or over the Neon driver when the URL says so, with the same shape and the same value types.
 * A connection that is given back inside a transaction, or with answers outstanding, is closed and never handed out
 * again. The pool outlives broken connections; its owner calls `end()`.
 */
export function openPool(url: string, options: PoolOptions): Pool {
  const target = readTarget(url);
  const config = {
    connectionString: target.connectionString,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleTimeoutMs,
    types: valueTypes,
    keepAlive: true,
    ...(options.statementTimeoutMs === undefined || target.pooled ? {} : { statement_timeout: options.statementTimeoutMs }),
  };
  const pool: Pool = target.driver === 'neon' ? openNeon(config, options.neonRelay ?? relayFromEnv()) : new PgPool({ ...config, pipeline: options.pipeline ?? true });
  // Without listeners a connection that breaks while idle, or between two queries of a transaction, ends the process.
  // Nothing is lost: the query that needs the connection fails by itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    guardRelease(client);
  });
  return pool;
}

function openNeon(config: ConstructorParameters<typeof PgPool>[0], relay: NeonRelay | undefined): Pool {
  neonConfig.webSocketConstructor = WebSocket;
  if (relay !== undefined) {
    neonConfig.wsProxy = relay.wsProxy;
    neonConfig.useSecureWebSocket = !relay.insecure;
    neonConfig.pipelineTLS = false;
    neonConfig.pipelineConnect = false;
    neonConfig.forceDisablePgSSL = true;
  }
  // Its Pool is a copy of pg's with another transport; only the type names differ.
  return new NeonPool(config) as unknown as Pool;
}

interface ClientState {
  readyForQuery?: boolean;
  _activeQuery?: unknown;
  _sentQueryQueue?: readonly unknown[];
  _queryQueue?: readonly unknown[];
  connection?: { on(event: 'readyForQuery', listener: (message: { status?: string }) => void): void };
}

type Release = PoolClient['release'];

// pg hands a connection to the next user as it is; one inside a transaction would carry a tenant over. The pool sets a
// new `release` at every hand-out, hence the accessor.
function guardRelease(client: PoolClient): void {
  const state = client as unknown as ClientState;
  let status = 'I';
  state.connection?.on('readyForQuery', (message) => {
    status = message.status ?? 'I';
  });
  let current: Release = client.release;
  Object.defineProperty(client, 'release', {
    get: () => current,
    set: (release: Release) => {
      current = (error) => {
        const unclean = status !== 'I' || state.readyForQuery === false || hasWork(state);
        release.call(client, error ?? (unclean ? new Error('connection given back inside a transaction') : undefined));
      };
    },
  });
}

function hasWork(state: ClientState): boolean {
  const waiting = (state._sentQueryQueue?.length ?? 0) + (state._queryQueue?.length ?? 0);
  return waiting > 0 || (state._activeQuery ?? null) !== null;
}
