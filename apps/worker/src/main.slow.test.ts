import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { deliver, eventOf, factsOf, pendingSale, transactionData, useWorld } from '@interdomestik/api/testing';

const world = useWorld();
const settings = { AUTH_SECRET: 'only-for-tests-'.repeat(3), ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'), APP_ENV: 'test' };

/** Starts the process as the launcher does. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: { PATH: process.env['PATH'] ?? '', ...settings, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said.text += chunk.toString(); });
  const ended = new Promise<number | null>((resolve) => { child.on('exit', (code) => { resolve(code); }); });
  return { child, said, ended };
}

describe('the worker process', () => {
  it('works until it is told to stop, and then leaves in order', async () => {
    const { ks, database } = world.current;
    const { child, said, ended } = start({ DATABASE_URL: database.appUrl });
    const sale = await pendingSale(ks);
    await expect.poll(() => said.text, { timeout: 60_000 }).toContain('worker is ready');
    await deliver(ks, eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 2000n })));
    await expect.poll(async () => (await factsOf(sale)).membership?.status, { timeout: 30_000 }).toBe('active');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 90_000);

  it('I-02 refuses a login that could go round the walls, and one that is missing', async () => {
    const { database } = world.current;
    const [powerful, nowhere] = [start({ DATABASE_URL: database.adminUrl }), start({})];
    expect(await Promise.all([powerful.ended, nowhere.ended])).not.toContain(0);
    expect(nowhere.said.text).toContain('DATABASE_URL is not set');
  }, 90_000);
});
