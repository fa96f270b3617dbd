import { failureOf, log } from '../log';

/** Work that comes again and again. */
export interface Loop {
  /** No turn begins any more; settles when the one under way has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Does something now, and again after each pause, until it is stopped. A turn that fails is logged with `complaint`, and the next one comes all the same.
 *
 * @param turn is told whether it should end early
 */
export function repeat(everyMs: number, complaint: string, turn: (isStopped: () => boolean) => Promise<void>): Loop {
  let stopped = false;
  let wake: (() => void) | undefined;
  const pause = (): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, everyMs);
    wake = () => { clearTimeout(timer); resolve(); };
  });
  const run = async (): Promise<void> => {
    while (!stopped) {
      await turn(() => stopped).catch((error: unknown) => { log.error({ failure: failureOf(error) }, complaint); });
      if (!stopped) await pause();
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      wake?.();
      await running;
    },
  };
}
