import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useWorld } from '@interdomestik/api/testing';

const world = useWorld();
const folder = fileURLToPath(new URL('../..', import.meta.url));

/** Starts the portal as a production machine does; it is over when it refuses. */
function start(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], { cwd: folder, env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', PORT: '39471', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part: Buffer) => {
        said += part.toString();
        // nothing here may ever come so far
        if (said.includes('"listening"')) child.kill('SIGKILL');
      });
    }
    child.on('error', reject);
    child.on('close', (code) => { resolve({ code, said }); });
  });
}

describe('S-07 a portal does not start', () => {
  it('S-07 without a secret, or with one that stands in examples; and never says it', async () => {
    const { appUrl } = world.current.database;
    const example = 'your-secret-changeme-secret-please-replace-this-1';
    const [missing, known] = [await start({ DATABASE_URL: appUrl }), await start({ DATABASE_URL: appUrl, AUTH_SECRET: example })];
    expect([missing.code, missing.said]).toEqual([1, expect.stringContaining('AUTH_SECRET: is not set')]);
    expect([known.code, known.said]).toEqual([1, expect.stringContaining('AUTH_SECRET: is a well-known default')]);
    for (const { said } of [missing, known]) expect([said.includes('listening'), said.includes(example)]).toEqual([false, false]);
  }, 120_000);
});
