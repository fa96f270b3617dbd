import { Client } from 'pg';

/** A statement as it went over the wire. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** Runs work and hands on every statement that it sends. */
async function listening(work: () => Promise<unknown>, hear: (statement: Statement) => void): Promise<void> {
  const query = Client.prototype.query as (...args: unknown[]) => unknown;
  const listen = function (this: Client, ...args: unknown[]): unknown {
    const [first, second] = args;
    const config = typeof first === 'string' ? { text: first, values: second } : (first as { text?: unknown; values?: unknown });
    const values = Array.isArray(second) ? second : config.values;
    if (typeof config.text === 'string') hear({ text: config.text, values: Array.isArray(values) ? values : [] });
    return query.apply(this, args);
  };
  Client.prototype.query = listen as typeof Client.prototype.query;
  try {
    await work();
  } finally {
    Client.prototype.query = query as typeof Client.prototype.query;
  }
}

/** How many statements work sends. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  await listening(work, () => { count += 1; });
  return count;
}

/** Runs work and returns the one statement of it that matches, so that the calibration asks exactly what the product asked. */
export async function statementOf(work: () => Promise<unknown>, matching: RegExp): Promise<Statement> {
  const found: Statement[] = [];
  await listening(work, (statement) => { if (matching.test(statement.text)) found.push(statement); });
  const [statement] = found;
  if (statement === undefined || found.length > 1) throw new Error(`${found.length} statements match ${String(matching)}`);
  return statement;
}
