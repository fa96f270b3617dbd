import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withFileLock } from './lock';

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'idm-lock-')), 'lock');

describe('withFileLock', () => {
  it('lets one in at a time', async () => {
    const path = fresh();
    let inside = 0;
    let most = 0;
    const enter = async (): Promise<void> =>
      await withFileLock(path, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await sleep(5);
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 8 }, enter));
    expect(most).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it('is free again after an error', async () => {
    const path = fresh();
    await expect(withFileLock(path, async () => await Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withFileLock(path, async () => await Promise.resolve(1))).toBe(1);
  });

  it('takes over from a dead process, and from a living one that shows no sign of life', async () => {
    const path = fresh();
    writeFileSync(path, String(spawnSync(process.execPath, ['-e', '']).pid));
    expect(await withFileLock(path, async () => await Promise.resolve(1))).toBe(1);
    writeFileSync(path, String(process.pid));
    const past = new Date(Date.now() - 60_000);
    utimesSync(path, past, past);
    expect(await withFileLock(path, async () => await Promise.resolve(2))).toBe(2);
  });

  it('gives up after the time it was given', async () => {
    const path = fresh();
    writeFileSync(path, String(process.pid));
    await expect(withFileLock(path, async () => await Promise.resolve(1), 100)).rejects.toThrow(/waited 0.1 s/u);
  });
});
