import { pino } from 'pino';

/** One line of JSON an event; no field of it ever holds what a person typed. */
export const log = pino({
  base: null,
  redact: { paths: ['*.password', '*.email', '*.phone', '*.personalNumber', '*.token'], censor: '***' },
});

/** What may be written down of an error. The words of a database error quote the values of its statement, so of those only the statement, the code and the place are kept. */
export function failureOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: 'unknown' };
  const { name, stack = '', cause } = error;
  const { code, query, constraint } = error as { code?: unknown; query?: unknown; constraint?: unknown };
  const frames = stack.split('\n').filter((line) => /^\s+at /u.test(line)).slice(0, 12).join('\n');
  const ofDatabase = typeof query === 'string' || (typeof code === 'string' && /^[0-9A-Z]{5}$/u.test(code));
  return {
    name, frames, ...(ofDatabase ? {} : { message: error.message }), ...(code === undefined ? {} : { code }), ...(typeof query === 'string' ? { query } : {}),
    ...(constraint === undefined ? {} : { constraint }), ...(cause instanceof Error ? { cause: failureOf(cause) } : {}),
  };
}

/** An error of ours, with the request it belongs to; it stays in the log and goes to no client. */
export function logFailure(requestId: string, where: string, error: unknown): void {
  log.error({ requestId, where, failure: failureOf(error) }, 'request failed');
}
