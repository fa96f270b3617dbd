import { pino } from 'pino';

/** One line of JSON an event; no field of it ever holds what a person typed. */
export const log = pino({
  base: null,
  redact: { paths: ['*.password', '*.email', '*.phone', '*.personalNumber', '*.token'], censor: '***' },
});

// mail servers and providers repeat whom a message was for: addresses, and numbers as long as those of phones, people and accounts
const personal = [/[^\s<>"'(),;:=]+@[^\s<>"'(),;:=]+/gu, /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,}[A-Z0-9\s]{0,4}/gu, /\+?\d(?:[\s./-]?\d){7,}/gu] as const;
const masked = (text: string): string => personal.reduce((left, pattern) => left.replace(pattern, '***'), text.slice(0, 2000));

/**
 * What may be written down of an error. The words of a database error quote the values of its statement, and those of a parser its text, so of these only
 * the statement, the code and the place are kept; in all others what could name a person is masked.
 */
export function failureOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: 'unknown' };
  const { name, stack = '', cause } = error;
  const { code, query, constraint } = error as { code?: unknown; query?: unknown; constraint?: unknown };
  const frames = stack.split('\n').filter((line) => /^\s+at /u.test(line)).slice(0, 12).join('\n');
  const quotes = error instanceof SyntaxError || typeof query === 'string' || (typeof code === 'string' && /^[0-9A-Z]{5}$/u.test(code));
  return {
    name, frames, ...(quotes ? {} : { message: masked(error.message) }), ...(code === undefined ? {} : { code }), ...(typeof query === 'string' ? { query } : {}),
    ...(constraint === undefined ? {} : { constraint }), ...(cause instanceof Error ? { cause: failureOf(cause) } : {}),
  };
}

/** An error of ours, with the request it belongs to; it stays in the log and goes to no client. */
export function logFailure(requestId: string, where: string, error: unknown): void {
  log.error({ requestId, where, failure: failureOf(error) }, 'request failed');
}
