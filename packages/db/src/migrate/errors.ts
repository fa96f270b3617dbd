/** A migration that failed: one line with file, statement and cause. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** The SQLSTATE of an error that the server sent. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Names the statement in an error: which file, which statement, how it begins, what the server said. */
export function failedStatement(file: string, position: number, statement: string, error: unknown): MigrationError {
  const start = statement.replace(/--[^\n]*\n/gu, ' ').replace(/\s+/gu, ' ').trim().slice(0, 90);
  const code = sqlState(error);
  const message = error instanceof Error ? error.message : String(error);
  const hint = message.includes('row-level security policy')
    ? ' (row security binds the owner of a table that this run made and forced: force it after all migrations, as every table with a tenant is)'
    : '';
  return new MigrationError(`${file} statement ${position} "${start}": ${message}${code === undefined ? '' : ` [${code}]`}${hint}`, { cause: error });
}
