/** For so long a heavy job waits for light ones to end; then it goes on beside them, so that a busy day never stops it. */
const patienceMs = 5_000;
/** For so long the next heavy one waits for it; one that hangs holds nobody up. */
const longestTurnMs = 60_000;

let light = 0;
const waiting = new Set<() => void>();
let turn: Promise<unknown> = Promise.resolve();

async function othersAreDone(): Promise<void> {
  const until = Date.now() + patienceMs;
  for (let left = patienceMs; light > 0 && left > 0; left = until - Date.now()) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => { waiting.delete(go); resolve(); }, left);
      const go = () => { clearTimeout(timer); resolve(); };
      waiting.add(go);
    });
  }
}

async function ended(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const longest = new Promise<void>((resolve) => { timer = setTimeout(resolve, longestTurnMs); });
  await Promise.race([work.then(() => undefined, () => undefined), longest]);
  clearTimeout(timer);
}

/**
 * Runs one job of a process that has a single processor thread. Light jobs begin at once. Heavy ones, which keep the processor busy for long stretches,
 * follow each other and begin when no light one is at work: a transaction that holds a lock would otherwise wait between any two of its statements until
 * a whole paper is drawn.
 */
export async function takeTurn<T>(heavy: boolean, work: () => Promise<T>): Promise<T> {
  if (heavy) {
    const mine = turn.then(othersAreDone).then(work);
    turn = ended(mine);
    return await mine;
  }
  light += 1;
  try {
    return await work();
  } finally {
    light -= 1;
    if (light === 0) {
      for (const go of waiting) go();
      waiting.clear();
    }
  }
}
