import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readEnv } from './env';
import { scratchDir } from './testing';
import { makeToken } from './uploadthing/server';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const main = fileURLToPath(new URL('main.ts', import.meta.url));
const token = makeToken({ appId: 'simapp', apiKey: 'sk_live_simulator' });

async function holdPort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { port: (server.address() as AddressInfo).port, free: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

function run(settings: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', tsx, main], { env: { PATH: process.env['PATH'] ?? '', ...settings } });
  const output: string[] = [];
  const collect = (chunk: Buffer) => {
    output.push(chunk.toString('utf8'));
    if (output.join('').includes('uploadthing simulator ready')) child.kill('SIGTERM');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise<{ code: number | null; output: string }>((resolve) => child.once('exit', (code) => resolve({ code, output: output.join('') })));
}

describe('main', () => {
  it('says in one line each that the simulators are ready, and stops when told', async () => {
    const scratch = scratchDir();
    const [one, two] = [await holdPort(), await holdPort()];
    await Promise.all([one.free(), two.free()]);
    const { code, output } = await run({
      PADDLE_SIM_PORT: String(one.port),
      UPLOADTHING_SIM_PORT: String(two.port),
      SIMULATORS_DATA_DIR: scratch.dir,
      UPLOADTHING_TOKEN: token,
    });
    expect(output).toBe(`paddle simulator ready on http://localhost:${one.port}\nuploadthing simulator ready on http://localhost:${two.port}\n`);
    expect(code).toBe(0);
    scratch.remove();
  }, 20_000);

  it('ends with one clear line when a port is taken', async () => {
    const scratch = scratchDir();
    const held = await holdPort();
    const { code, output } = await run({ PADDLE_SIM_PORT: String(held.port), SIMULATORS_DATA_DIR: scratch.dir, UPLOADTHING_TOKEN: token });
    expect(output).toBe(`Port ${held.port} is taken. Stop what uses it, or set PADDLE_SIM_PORT or UPLOADTHING_SIM_PORT to another port.\n`);
    expect(code).toBe(1);
    await held.free();
    scratch.remove();
  }, 20_000);

  it('names the setting that is wrong', () => {
    expect(() => readEnv({})).toThrow(/^UPLOADTHING_TOKEN is not set/u);
    expect(() => readEnv({ UPLOADTHING_TOKEN: 'x' })).toThrow(/^UPLOADTHING_TOKEN must be/u);
    expect(() => readEnv({ UPLOADTHING_TOKEN: token, PADDLE_SIM_PORT: 'x' })).toThrow(/^PADDLE_SIM_PORT/u);
    expect(() => readEnv({ UPLOADTHING_TOKEN: token, PADDLE_SIM_ACCOUNTS: '{}' })).toThrow(/^PADDLE_SIM_ACCOUNTS/u);
    expect(() => readEnv({ UPLOADTHING_TOKEN: token, PADDLE_SIM_ACCOUNTS: '[{}]' })).toThrow('PADDLE_SIM_ACCOUNTS: apiKey is required');
  });
});
