const given = process.env;

function needed(name: string): string {
  const value = given[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: this process is started by the benchmark`);
  return value;
}

/** What a child process of the benchmark is told, and what it hands on. */
export const env = {
  /** The caller's own variables, for children. */
  inherited: (): Record<string, string> => Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'NODE_ENV')),
  databaseUrl: () => needed('BENCH_DATABASE_URL'),
  tenant: () => needed('BENCH_TENANT'),
  port: () => Number(needed('BENCH_PORT')),
  /** JSON of a statement with its values. */
  statement: (): { text: string; values: unknown[] } => JSON.parse(needed('BENCH_STATEMENT')) as { text: string; values: unknown[] },
};
