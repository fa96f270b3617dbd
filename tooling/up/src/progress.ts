const started = performance.now();

/** Seconds since the command began, as the progress lines show them. */
export function elapsed(): string {
  return ((performance.now() - started) / 1000).toFixed(1).padStart(5);
}

/** One line about one part, with the time since the command began. */
export function say(part: string, line: string): void {
  console.log(`[${elapsed()} s] ${part.padEnd(10)} ${line}`);
}

/**
 * Runs one step and reports its end. A step that takes longer says every ten seconds that it is still at work, so that a
 * silent terminal never means a hung one.
 */
export async function step<T>(part: string, doing: string, work: () => Promise<T>, done: (result: T) => string): Promise<T> {
  const beat = setInterval(() => say(part, `${doing} ...`), 10_000);
  try {
    const result = await work();
    say(part, done(result));
    return result;
  } finally {
    clearInterval(beat);
  }
}
