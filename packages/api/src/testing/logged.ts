import { afterEach, beforeEach } from 'vitest';
import { symbols } from 'pino';
import { log } from '../log';

/** What the product writes to its log while tests run, line by line as it leaves the process; nothing of it is printed. Call it outside tests. */
export function linesLogged(): { readonly lines: () => string[]; readonly forget: () => void } {
  const lines: string[] = [];
  const holder = log as unknown as Record<symbol, { write: (line: string) => unknown }>;
  const stream = holder[symbols.streamSym];
  if (stream === undefined) throw new Error('the log has no stream');
  const write = stream.write.bind(stream);
  beforeEach(() => {
    lines.length = 0;
    stream.write = (line) => lines.push(line);
  });
  afterEach(() => { stream.write = write; });
  return { lines: () => [...lines], forget: () => { lines.length = 0; } };
}
