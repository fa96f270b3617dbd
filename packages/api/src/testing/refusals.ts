import { isDomainError } from '@interdomestik/rules';

/** How each call ended: `done`, or code and message key of the refusal. All are awaited, so that none is lost. */
export async function refusalsOf(calls: readonly Promise<unknown>[]): Promise<string[]> {
  const ended = await Promise.allSettled(calls);
  return ended.map((one) => {
    if (one.status === 'fulfilled') return 'done';
    const reason: unknown = one.reason;
    const cause = reason instanceof Error ? reason.cause : undefined;
    if (isDomainError(cause)) return `${cause.code} ${cause.messageKey}`;
    return reason instanceof Error ? reason.message : 'unknown';
  });
}
