import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { spooled } from './spool';

const bytes = (size: number, value: number) => new Uint8Array(size).fill(value);
async function all(pieces: AsyncGenerator<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece);
  return Buffer.concat(read);
}

it('M-14 hands out what is written, in its order, before the writer has ended and whatever the speed of the reader', async () => {
  let ended = false;
  const pieces = spooled(async (write) => {
    for (let value = 0; value < 20; value += 1) {
      await write(bytes(10_000, value));
      if (value === 0) await sleep(20);
    }
    ended = true;
  });
  const { value: first } = await pieces.next();
  expect([first?.[0], ended]).toEqual([0, false]);
  await sleep(60);
  // the writer did not wait for us
  expect(ended).toBe(true);
  const rest = await all(pieces);
  expect(Buffer.concat([first ?? new Uint8Array(), rest])).toEqual(Buffer.concat(Array.from({ length: 20 }, (_, value) => bytes(10_000, value))));
});

it('M-14 a reader who goes away ends the writer at its next piece, and nothing stays on the disk', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('idm-'));
  let written = 0;
  const pieces = spooled(async (write) => {
    for (;;) {
      await write(bytes(1_000, 1));
      written += 1;
      await sleep(1);
    }
  });
  await pieces.next();
  await pieces.return();
  const at = written;
  await sleep(20);
  expect(written).toBe(at);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('idm-'))).toEqual(before);
});

it('an error of the writer comes after what was written before it', async () => {
  const pieces = spooled(async (write) => {
    await write(bytes(5, 7));
    throw new Error('the database went away');
  });
  expect((await pieces.next()).value).toEqual(Buffer.from(bytes(5, 7)));
  await expect(pieces.next()).rejects.toThrow('the database went away');
});

it('an empty one ends at once', async () => {
  expect(await all(spooled(() => Promise.resolve()))).toHaveLength(0);
});
