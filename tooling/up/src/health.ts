import { ClearError } from './clear-error';

/**
 * Waits until the address answers 200. Rejects with a ClearError that quotes the last answer when `timeoutMs` is over.
 */
export async function waitUntilHealthy(name: string, url: string, timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  let last = 'no answer';
  while (Date.now() < until) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
      if (answer.ok) return;
      last = `${answer.status} ${(await answer.text()).slice(0, 300)}`;
    } catch (error) {
      // fetch hides the reason in `cause`
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
      last = cause === '' ? String(error) : cause;
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new ClearError(`${name} did not become healthy within ${timeoutMs / 1000} s (${url}: ${last}). Its log is in .data/logs.`);
}
