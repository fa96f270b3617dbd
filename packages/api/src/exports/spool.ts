import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pieceBytes = 64 * 1024;

/**
 * What `fill` writes, piece by piece, while it is still being written: the writer never waits for a slow reader, and nothing but a piece is in memory. The file has no name any more once it is open, so that nothing of it stays behind,
 * however this process ends. When the reader goes away, the next `write` throws; when `fill` fails, the reader gets its error after all that was written before.
 */
export async function* spooled(fill: (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>): AsyncGenerator<Uint8Array, void, void> {
  const path = join(tmpdir(), `idm-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  let written = 0;
  let left = false;
  let ended = false;
  let failed: Error | null = null;
  let wake = (): void => undefined;
  const filling = fill(async (bytes) => {
    if (left) throw new Error('nobody reads this any more');
    await file.write(bytes, 0, bytes.length, written);
    written += bytes.length;
    wake();
  }).catch((error: unknown) => { failed = error instanceof Error ? error : new Error(String(error)); }).finally(() => {
    ended = true;
    wake();
  });
  try {
    for (let read = 0; ; ) {
      if (read < written) {
        const piece = Buffer.alloc(Math.min(pieceBytes, written - read));
        const { bytesRead } = await file.read(piece, 0, piece.length, read);
        read += bytesRead;
        yield piece.subarray(0, bytesRead);
        continue;
      }
      const end = { done: ended as boolean, error: failed as Error | null };
      if (end.error !== null) throw end.error;
      if (end.done) return;
      await new Promise<void>((resolve) => { wake = resolve; });
    }
  } finally {
    left = true;
    await filling;
    await file.close();
  }
}
