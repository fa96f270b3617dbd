import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchesLock, nodeIsNewEnough } from '../bin/prepare.mjs';
import { addressesOf, ofTenant } from './addresses';
import { localSecrets } from './local-secrets';
import { freePort, isTaken, refuseTakenPorts } from './ports';

const folder = mkdtempSync(join(tmpdir(), 'local-'));

test('local secrets are made once, private, and completed when a new one is needed', () => {
  const file = join(folder, 'local-env.json');
  const first = localSecrets(file);
  expect(first.AUTH_SECRET.length).toBeGreaterThanOrEqual(32);
  expect(Buffer.from(first.ENCRYPTION_KEY, 'base64')).toHaveLength(32);
  expect(localSecrets(file)).toEqual(first);
  expect(statSync(file).mode & 0o077).toBe(0);
  writeFileSync(file, JSON.stringify({ AUTH_SECRET: 'kept', OTHER: 'kept too' }));
  expect(localSecrets(file).AUTH_SECRET).toBe('kept');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ AUTH_SECRET: 'kept', OTHER: 'kept too' });
  writeFileSync(file, '{');
  expect(() => localSecrets(file)).toThrow('is not valid JSON');
});

describe('ports', () => {
  test.each(['127.0.0.1', '0.0.0.0'])('a server on %s is seen, and named with its setting', async (host) => {
    const port = await freePort();
    expect(await isTaken(port)).toBe(false);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    await expect(refuseTakenPorts({ member: port })).rejects.toThrow(`Port ${port} (member, MEMBER_PORT) is taken`);
    await new Promise((resolve) => server.close(resolve));
    await refuseTakenPorts({ member: port });
  });
});

test('addresses of tenants are their label before the host', () => {
  const { member } = addressesOf({ member: 3000, admin: 3001, paddle: 3010, uploadthing: 3011 });
  expect(ofTenant(member, 'xx')).toBe('http://xx.localhost:3000');
});

test.each([
  ['v20.18.3', false],
  ['v20.19.0', true],
  ['v22.1.0', true],
  ['v18.20.0', false],
])('Node %s is new enough: %s', (version, answer) => {
  expect(nodeIsNewEnough(version)).toBe(answer);
});

test('an installation matches the lock when every package that must be there is', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', optional: true } } };
  expect(matchesLock(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  expect(matchesLock(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
  expect(matchesLock(lock, { packages: {} })).toBe(false);
});
