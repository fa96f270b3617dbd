import { AsyncLocalStorage } from 'node:async_hooks';
import { PgDialect } from 'drizzle-orm/pg-core';
import { NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres';
import type { Pool as DatabasePool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { readScoped } from './one-message';
import { openingStatement, type TransactionSettings } from './opening';
import { remembersStatements, runtimePool } from './pools';
import type { Reach, TenantScope } from './scope';
import { sendingBehind } from './sending';

/** A transaction inside one tenant. Worth nothing once its `withTenant` has ended. */
export type Tx = NodePgTransaction<Record<string, never>, Record<string, never>>;

const dialect = new PgDialect();
const channels = new WeakMap<Tx, Channel>();
const running = new AsyncLocalStorage<{ readonly tenantId: string }>();

/** The setting that the branch policies read. */
function branchSetting(reach: Reach): string {
  switch (reach.kind) {
    case 'tenant': return '*';
    case 'branch':
    case 'own': return reach.branchId;
    case 'self': return 'self';
    case 'public': return 'none';
  }
}

/** Throws inside a tenant transaction: for work that would need a second one, and so could wait for itself. */
export function assertOutsideTransaction(): void {
  if (running.getStore() !== undefined) {
    throw new Error('a tenant transaction inside a tenant transaction: hand the open one on instead');
  }
}

/** Throws inside a transaction: for what takes as long as somebody else likes, a call over the network or a paper. Rows and a connection of the pool would wait for it. */
export function assertNothingWaits(what: string): void {
  if (running.getStore() !== undefined) throw new Error(`${what} inside a transaction: do it before or after`);
}

/** What a transaction of the scope is opened with; not for other packages. Throws inside a tenant transaction. */
export function settingsOf(scope: TenantScope): TransactionSettings {
  if (scope.tenantId.trim() === '') throw new Error('a tenant scope without a tenant');
  assertOutsideTransaction();
  return {
    tenantId: scope.tenantId,
    branch: branchSetting(scope.reach),
    actorKind: scope.actor.kind,
    actorId: scope.actor.id ?? '',
    action: scope.action,
    requestId: scope.requestId,
  };
}

type Ask = (...args: [never, never]) => unknown;

/** What a transaction's library and job queue speak through. */
interface Channel {
  readonly query: (text: string, values: unknown[]) => Promise<QueryResult>;
  readonly send: (text: string, values: unknown[]) => void;
}

/** A handle that dies with its transaction, so that nobody can keep one and speak into the next person's. */
function handleOn(ask: Ask, send: Channel['send'] = () => { throw new Error('a read sends nothing'); }): { tx: Tx; close: () => void } {
  let open = true;
  const ended = () => new Error('this tenant transaction has ended');
  const guarded = { query: (...args: [never, never]) => (open ? ask(...args) : Promise.reject(ended())) } as unknown as PoolClient;
  const session = new NodePgSession<Record<string, never>, Record<string, never>>(guarded, dialect, undefined);
  const tx = new NodePgTransaction<Record<string, never>, Record<string, never>>(dialect, session, undefined);
  channels.set(tx, {
    query: (text, values) => guarded.query(text, values),
    send: (text, values) => {
      if (!open) throw ended();
      send(text, values);
    },
  });
  return { tx, close: () => { open = false; } };
}

function channelOf(tx: Tx): Channel {
  const channel = channels.get(tx);
  if (channel === undefined) throw new Error('not a transaction of this gateway');
  return channel;
}

/**
 * One statement as text inside an open transaction, for libraries that bring their own SQL (the job queue). It runs under the
 * same settings and policies as everything else of that transaction.
 */
export async function queryIn(tx: Tx, text: string, values: unknown[] = []): Promise<{ rows: unknown[]; rowCount: number }> {
  const result = await channelOf(tx).query(text, values);
  return { rows: result.rows, rowCount: result.rowCount ?? 0 };
}

/** The same for a write whose answer nobody reads: it is on its way when this returns, and when it fails the transaction fails with its error. */
export function sendIn(tx: Tx, text: string, values: unknown[] = []): void {
  channelOf(tx).send(text, values);
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

/**
 * Runs `fn` in one transaction of the scope's tenant: the only way to the domain tables.
 *
 * BEGIN and the settings travel with the first statement (two awaited round trips for one statement and COMMIT). A write that gives
 * nothing back is not waited for: when it fails, the transaction does, with its error, at the next statement that is or at the end. Rolls back
 * and rethrows when `fn` throws. Throws when called inside another tenant transaction, and when `fn` swallowed an error that
 * had already doomed its transaction, because COMMIT would then silently keep nothing.
 */
export async function withTenant<T>(scope: TenantScope, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return await transact(runtimePool(), settingsOf(scope), fn, scope.tenantId, remembersStatements());
}

/** The body of `withTenant` and of the platform's transactions; not for other packages. `remembers`: the connection stays the same between two transactions. Throws inside a transaction of either. */
export async function transact<T>(pool: DatabasePool, settings: TransactionSettings, fn: (tx: Tx) => Promise<T>, tenantId: string, remembers = false): Promise<T> {
  assertOutsideTransaction();
  const client = await pool.connect();
  const line = sendingBehind(client, remembers);
  const { tx, close } = handleOn(line.ask as Ask, line.send);
  let broken: Error | undefined;
  try {
    const opened = line.ask(openingStatement(settings, 'read write'));
    opened.catch(() => undefined);
    const result = await running.run({ tenantId }, () => fn(tx));
    close();
    // answers come in the order of the statements: what was sent before has succeeded or failed by then
    const ended = await line.ask('commit');
    line.assertSent();
    await opened;
    if (ended.command !== 'COMMIT') throw new Error('the transaction had already failed and kept nothing');
    return result;
  } catch (error) {
    close();
    await line.ask('rollback').catch((reason: unknown) => { broken = asError(reason); });
    // what came after a write that had failed only says that something had
    line.assertSent();
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * One read of the scope's tenant in one round trip: the settings and the query travel together. `query` must send exactly one
 * statement, at once; a later one is refused. Read-only: the database refuses a write.
 */
export async function readTenant<T>(scope: TenantScope, query: (tx: Tx) => PromiseLike<T>): Promise<T> {
  const settings = settingsOf(scope);
  const client = await runtimePool().connect();
  const { tx, close } = handleOn((asked: string | QueryConfig<unknown[]>, values?: unknown[]) => {
    const statement = typeof asked === 'string' ? { text: asked } : asked;
    return readScoped(client, { settings, statement: values === undefined ? statement : { ...statement, values }, planned: false, remembers: remembersStatements() });
  });
  let broken: Error | undefined;
  try {
    // a drizzle query is sent by its then(); after it nothing may follow
    const answered = running.run({ tenantId: scope.tenantId }, () => query(tx).then((value) => value));
    close();
    return await answered;
  } catch (error) {
    broken = asError(error);
    throw error;
  } finally {
    client.release(broken);
  }
}
