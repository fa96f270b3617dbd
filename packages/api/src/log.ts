import { pino } from 'pino';

/** One line of JSON an event; no field of it ever holds what a person typed. */
export const log = pino({
  base: null,
  redact: { paths: ['*.password', '*.email', '*.phone', '*.personalNumber', '*.token'], censor: '***' },
});

/** An error of ours, with the request it belongs to. The message may name SQL, so it stays in the log and goes to no client. */
export function logFailure(requestId: string, where: string, error: unknown): void {
  const failure = error instanceof Error ? { name: error.name, code: (error as { code?: unknown }).code, stack: error.stack } : { name: 'unknown' };
  log.error({ requestId, where, failure }, 'request failed');
}
