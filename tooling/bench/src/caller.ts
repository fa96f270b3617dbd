import { closeDatabase, connectDatabase } from '@interdomestik/db';
import { Pool } from 'pg';
import type { BenchDatabase } from './database';
import { callerOf, managerScope } from './people';
import { openRelay } from './round-trips';
import { compare, looping, type Comparison } from './rounds';
import { statementOf, type Statement } from './statement';

const page = 25;
const inFlight = 10;

export interface CallerFigures extends Comparison {
  /** Times that one call waits for the database. */
  readonly roundTrips: number;
  readonly statement: Statement;
}

/** The list of members through the in-process caller, against the same statement on a bare pool of a role that no policy binds. */
export async function benchCaller(database: BenchDatabase, slug: string, length: { rounds: number; milliseconds: number }): Promise<CallerFigures> {
  const bare = new Pool({ connectionString: database.backupUrl, max: inFlight });
  await connectDatabase({ appUrl: database.appUrl, max: inFlight, applicationName: 'interdomestik-bench' });
  try {
    const scope = await managerScope(slug);
    const list = () => callerOf(scope).members.list({ limit: page });
    const statement = await statementOf(list, /from "user"/u);
    const [answer, rows] = [await list(), await bare.query(statement.text, statement.values)];
    if (answer.items.length !== page || rows.rows.length !== page + 1) throw new Error('the two sides do not answer the same');
    const figures = await compare(looping(list, inFlight), looping(() => bare.query(statement.text, statement.values), inFlight), length);
    return { ...figures, statement, roundTrips: await countRoundTrips(database, slug) };
  } finally {
    await bare.end();
    await closeDatabase();
  }
}

async function countRoundTrips(database: BenchDatabase, slug: string): Promise<number> {
  const relay = await openRelay(database.appUrl);
  try {
    await connectDatabase({ appUrl: relay.url, max: 1, applicationName: 'interdomestik-bench' });
    const scope = await managerScope(slug);
    await callerOf(scope).members.list({ limit: page });
    relay.take();
    const calls = 5;
    for (let call = 0; call < calls; call += 1) await callerOf(scope).members.list({ limit: page });
    return relay.take() / calls;
  } finally {
    await closeDatabase();
    await relay.close();
  }
}
