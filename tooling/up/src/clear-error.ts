/** A failure that one line explains to the person at the terminal; shown without a stack. */
export class ClearError extends Error {
  override name = 'ClearError';
}

/** What to print of a failure: the line of a ClearError, the stack of anything else. */
export function explain(error: unknown): string {
  if (error instanceof ClearError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
