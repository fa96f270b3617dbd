import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { ensureRoles, roleNames } from '../migrate/roles';
import { withFileLock } from './lock';
import { choosePort, embeddedPaths, socketFolder, type EmbeddedPaths, type EmbeddedPurpose } from './paths';
import { disownStalePidFile, findRunning, type Running } from './pid-file';
import { makeRunner, type Runner, type RunMode } from './runner';
import { loadSecrets, readSecrets, type EmbeddedSecrets } from './secrets';

const database = 'interdomestik';
// Raise it when the bootstrap below changes, so that an existing server gets the change at its next start.
const bootstrapVersion = '1';
const logLimitBytes = 20 * 1024 * 1024;

/** A running embedded server and its connection strings. */
export interface EmbeddedServer {
  readonly port: number;
  /** '' where the server listens on TCP only. */
  readonly socketDir: string;
  /** The cluster's superuser, database `postgres`: for set-up and tests, never for the product. */
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly platformUrl: string;
  readonly backupUrl: string;
  /** True when the server already ran. */
  readonly reused: boolean;
}

/** Which checkout's server is meant. */
export interface EmbeddedOptions {
  readonly repoRoot: string;
  /** Default `product`. */
  readonly purpose?: EmbeddedPurpose;
  /** For tests of the ways this machine would not choose. */
  readonly mode?: RunMode;
}

/** State of a checkout's server. */
export type EmbeddedStatus = { readonly running: false } | ({ readonly running: true } & Running);

const loopback = '127.0.0.1';

/** The login of an embedded server over TCP, for tools that know no socket in a folder, and for relays. Any other string as it is. */
export function overTcp(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (!/^%2f/iu.test(url.hostname)) return databaseUrl;
  url.host = `${loopback}:${url.port}`;
  return url.toString();
}

function describe(secrets: EmbeddedSecrets, running: Running, reused: boolean): EmbeddedServer {
  // a socket in a folder costs a third of what TCP does, for both ends
  const host = running.socketDir === '' ? loopback : encodeURIComponent(running.socketDir);
  const url = (role: string, password: string, name: string): string => `postgres://${role}:${password}@${host}:${running.port}/${name}`;
  return {
    port: running.port,
    socketDir: running.socketDir,
    adminUrl: url('postgres', secrets.admin, 'postgres'),
    ownerUrl: url(roleNames.owner, secrets.owner, database),
    appUrl: url(roleNames.app, secrets.app, database),
    platformUrl: url(roleNames.platform, secrets.platform, database),
    backupUrl: url(roleNames.backup, secrets.backup, database),
    reused,
  };
}

// Built beside and renamed, so that an interrupted initdb never looks like a database.
async function initialise(runner: Runner, secrets: EmbeddedSecrets, purpose: EmbeddedPurpose): Promise<void> {
  if (existsSync(join(runner.data, 'PG_VERSION'))) return;
  const home = dirname(runner.data);
  mkdirSync(home, { recursive: true });
  const work = mkdtempSync(join(home, 'postgres-init-'));
  try {
    const password = join(work, 'password');
    writeFileSync(password, secrets.admin, { mode: 0o600 });
    runner.own(work);
    const fresh = join(work, 'data');
    await runner.run(runner.binaries.initdb, [
      '-D', fresh, '-U', 'postgres', `--pwfile=${password}`, '--auth=scram-sha-256', '--encoding=UTF8',
      // The same order and case mapping on every machine, and plain comparisons can use an index under row security.
      '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions', ...(purpose === 'tests' ? ['--no-sync'] : []),
    ]);
    rmSync(runner.data, { recursive: true, force: true });
    renameSync(fresh, runner.data);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

// Nobody pulls the plug on a test; tests that kill a server have one of their own.
const thrownAway: Readonly<Record<string, string>> = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '512MB' };

function serverSettings(port: number, socketDir: string, purpose: EmbeddedPurpose): string {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: loopback,
    unix_socket_directories: socketDir,
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_statement: 'none',
    log_checkpoints: 'off',
    log_min_messages: 'error',
    // A log line must not carry anybody's data: no statement, no values of the row.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(purpose === 'tests' ? thrownAway : {}),
  };
  return Object.entries(settings).map(([name, value]) => `-c ${name}=${value === '' ? '""' : value}`).join(' ');
}

async function launch(runner: Runner, paths: EmbeddedPaths): Promise<Running> {
  disownStalePidFile(runner.data);
  mkdirSync(dirname(runner.log), { recursive: true });
  if (existsSync(runner.log) && statSync(runner.log).size > logLimitBytes) truncateSync(runner.log);
  writeFileSync(runner.log, '', { flag: 'a' });
  runner.own(runner.log);
  runner.own(runner.data);
  const socketDir = socketFolder(paths);
  if (socketDir !== '') {
    // Its lock files may name a process number that somebody else has by now. The folder is ours and nothing runs.
    for (const name of readdirSync(socketDir)) rmSync(join(socketDir, name), { force: true });
    runner.own(socketDir);
  }
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(paths);
    try {
      await runner.run(runner.binaries.pgCtl, ['-D', runner.data, '-l', runner.log, '-o', serverSettings(port, socketDir, paths.purpose), '-w', '-t', '90', 'start']);
      return { pid: findRunning(runner.data)?.pid ?? 0, port, socketDir };
    } catch (error) {
      // Between the probe and the start somebody else may have taken the port, or processes of a killed server still end.
      if (attempt >= 4) throw new Error(`Postgres did not start; see ${runner.log}: ${lastLines(runner.log)}`, { cause: error });
      await sleep(250 * attempt);
    }
  }
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-3).join(' | ');
}

async function bootstrap(paths: EmbeddedPaths, server: EmbeddedServer, secrets: EmbeddedSecrets): Promise<void> {
  if (existsSync(paths.ready) && readFileSync(paths.ready, 'utf8') === bootstrapVersion) return;
  await ensureRoles({ adminUrl: server.adminUrl, passwords: secrets });
  const client = new Client({ connectionString: server.adminUrl });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER ${roleNames.owner} TEMPLATE template0`);
    }
    await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${escapeIdentifier(database)} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${escapeIdentifier(database)} TO ${roleNames.app}, ${roleNames.platform}, ${roleNames.backup}`);
  } finally {
    await client.end();
  }
  writeFileSync(paths.ready, bootstrapVersion);
}

/**
 * Starts the checkout's own Postgres, or reuses it when it runs; afterwards its roles and its (possibly empty) database
 * exist. The server outlives the calling process. Any number of processes may call this at once. Throws one line that
 * says what is wrong and where the log is.
 */
export async function startEmbedded({ repoRoot, purpose, mode }: EmbeddedOptions): Promise<EmbeddedServer> {
  const paths = embeddedPaths(repoRoot, purpose);
  for (const folder of [paths.home, dirname(paths.lock)]) mkdirSync(folder, { recursive: true });
  return await withFileLock(paths.lock, async () => {
    const runner = makeRunner(paths, mode);
    const secrets = loadSecrets(paths);
    const before = findRunning(runner.data);
    if (before?.ready === true) {
      const server = describe(secrets, before, true);
      await bootstrap(paths, server, secrets);
      return server;
    }
    if (before !== undefined) {
      // Somebody's start or stop is under way without our lock (a killed process): let it end, then start cleanly.
      await runner.run(runner.binaries.pgCtl, ['-D', runner.data, '-m', 'fast', '-w', '-t', '60', 'stop']).catch(() => undefined);
    }
    await initialise(runner, secrets, paths.purpose);
    const server = describe(secrets, await launch(runner, paths), false);
    await bootstrap(paths, server, secrets);
    return server;
  });
}

/** Stops the checkout's server cleanly (open transactions are rolled back), and throws away what the one for tests holds. True when it ran. */
export async function stopEmbedded({ repoRoot, purpose, mode }: EmbeddedOptions): Promise<boolean> {
  const paths = embeddedPaths(repoRoot, purpose);
  if (!existsSync(paths.home) || !existsSync(dirname(paths.lock))) return false;
  return await withFileLock(paths.lock, async () => {
    const runner = makeRunner(paths, mode);
    const ran = findRunning(runner.data) !== undefined;
    if (ran) await runner.run(runner.binaries.pgCtl, ['-D', runner.data, '-m', paths.purpose === 'tests' ? 'immediate' : 'fast', '-w', '-t', '60', 'stop']);
    if (paths.purpose === 'tests') for (const folder of [runner.data, paths.home]) rmSync(folder, { recursive: true, force: true });
    return ran;
  });
}

/** Whether the checkout's server runs, without starting it. */
export function statusEmbedded({ repoRoot, purpose, mode }: EmbeddedOptions): EmbeddedStatus {
  const paths = embeddedPaths(repoRoot, purpose);
  if (!existsSync(paths.home)) return { running: false };
  const found = findRunning(makeRunner(paths, mode).data);
  return found?.ready === true ? { running: true, pid: found.pid, port: found.port, socketDir: found.socketDir } : { running: false };
}

/** The connection strings of a running server; undefined when it does not run. Starts nothing. */
export function runningEmbedded(options: EmbeddedOptions): EmbeddedServer | undefined {
  const status = statusEmbedded(options);
  const secrets = readSecrets(embeddedPaths(options.repoRoot, options.purpose));
  return status.running && secrets !== undefined ? describe(secrets, status, true) : undefined;
}

/** Throws the product's database away, with everything in it, and leaves an empty one. Closes whoever is connected. */
export async function recreateDatabase({ repoRoot, mode }: EmbeddedOptions): Promise<EmbeddedServer> {
  const options = { repoRoot, ...(mode === undefined ? {} : { mode }) };
  const { adminUrl } = await startEmbedded(options);
  // First, so that a run that is cut here is repaired by the next start.
  rmSync(embeddedPaths(repoRoot).ready, { force: true });
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(database)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
  return await startEmbedded(options);
}
