import { beforeAll, describe, expect, it, vi } from 'vitest';
import { resolveScope, withTenant } from '@interdomestik/db';
import { issueToken } from '../accounts/tokens';
import { callerFor, scopeOf, systemScopeOf, testPasswords, useWorld, visitorOf } from '../testing';
import { askerOf } from './asker';
import { maxBatchSize } from './protocol';
import type { Identity } from './request-context';
import { createTrpcHandler } from './trpc-handler';

const world = useWorld();
const origin = 'http://ks.localhost:3000';
let member: Identity;

beforeAll(async () => {
  const { ks } = world.current;
  member = { host: 'tenant', site: await visitorOf(ks), scope: await scopeOf(ks, ks.branches[0].member), platform: null, pending: null };
});

/** One request with many calls of one procedure; the status of each. */
async function batch(path: string, input: (index: number) => unknown, verify = testPasswords.verify): Promise<number[]> {
  const handler = createTrpcHandler({ app: 'member', identify: () => Promise.resolve(member), passwords: { ...testPasswords, verify } });
  const headers = new Headers({ host: 'ks.localhost:3000', origin, 'content-type': 'application/json' });
  const body = Object.fromEntries(Array.from({ length: maxBatchSize }, (_, index) => [index, { json: input(index) }]));
  const { body: said } = await handler(
    { method: 'POST', url: `${origin}/api/trpc/${Array<string>(maxBatchSize).fill(path).join(',')}?batch=1`, headers, signal: new AbortController().signal, json: () => Promise.resolve(body) }, askerOf(headers));
  return (JSON.parse(said) as { error?: { json: { data: { httpStatus: number } } } }[]).map(({ error }) => error?.json.data.httpStatus ?? 200);
}

const count = (statuses: readonly number[], status: number): number => statuses.filter((one) => one === status).length;

describe('S-05 guesses inside one batch', () => {
  it.each([
    ['accounts.changePassword', (index: number) => ({ current: `guess ${String(index)}`, password: 'seven swans a swimming' })],
    ['accounts.prove', (index: number) => ({ password: `guess ${String(index)}` })],
  ] as const)('%s: each is counted, five are looked at, and the next batch is heard no more', async (path, input) => {
    const verify = vi.fn<typeof testPasswords.verify>(testPasswords.verify);
    const statuses = await batch(path, input, verify);
    expect([count(statuses, 400), count(statuses, 429)]).toEqual([5, maxBatchSize - 5]);
    expect(verify).toHaveBeenCalledTimes(5);
    expect(count(await batch(path, input, verify), 429)).toBe(maxBatchSize);
    expect(verify).toHaveBeenCalledTimes(5);
    const { scope } = member;
    expect(await resolveScope({ kind: 'session', tenantId: scope?.tenantId ?? '', sessionId: scope?.sessionId ?? '', app: 'member' })).not.toBeNull();
  });
});

it('S-05 a password that was reset by mail opens the account again where the link was used, whatever strangers tried', async () => {
  const { ks } = world.current;
  const { member: person } = ks.branches[1];
  const system = await systemScopeOf(ks);
  const { token } = await withTenant(system, (tx) => issueToken(tx, system, person.id, 'reset_password', new Date()));
  const welcome = vi.fn<typeof testPasswords.welcome>(testPasswords.welcome);
  const caller = callerFor(await visitorOf(ks), { ip: '203.0.113.7', passwords: { ...testPasswords, welcome } });
  await expect(caller.accounts.resetPassword({ token: `${token.slice(0, -1)}x`, password: 'seven swans a swimming' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(welcome).not.toHaveBeenCalled();
  await caller.accounts.resetPassword({ token, password: 'seven swans a swimming' });
  expect(welcome.mock.calls).toEqual([[ks.id, person.email, '203.0.113.7']]);
});
