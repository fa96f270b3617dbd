import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TenantScope } from '@interdomestik/db';
import type { Context } from '../context';
import { appRouter } from '../root';
import { scopeOf, useWorld } from '../testing';
import { maxBatchSize, trpcPath } from './protocol';
import { answerQueries } from './queries';

const world = useWorld();
let staff: TenantScope;

beforeAll(async () => {
  const { mk } = world.current;
  staff = await scopeOf(mk, mk.admin);
});

const context = (): Context => ({
  app: 'admin', site: null, scope: staff, platform: null, pending: null, locale: 'en', origin: 'http://mk.localhost', ip: '127.0.0.1', userAgent: 'test', requestId: 'r', now: new Date('2026-03-01T10:00:00Z'),
  passwords: { hash: (text) => Promise.resolve(text), verify: () => Promise.resolve(false), welcome: () => Promise.resolve() },
});

const json = (value: unknown): string => encodeURIComponent(JSON.stringify(value));
const get = (path: string): Request => new Request(`http://mk.localhost${trpcPath}/${path}`);

/** The same request by tRPC's own handler. */
async function theirs(path: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetchRequestHandler({ endpoint: trpcPath, req: get(path), router: appRouter, maxBatchSize, createContext: context });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

async function ours(path: string): Promise<{ status: number; body: unknown } | null> {
  const answer = await answerQueries(get(path), context());
  return answer === null ? null : { status: answer.status, body: JSON.parse(answer.body) };
}

const someone = '01a20a36-d5da-7677-afa8-b1868740f3cf';

describe('a query over HTTP', () => {
  it.each([
    ['one', `members.list?input=${json({ json: { limit: 5 } })}`],
    ['one without an input', 'branches.list'],
    ['one with a date in its input', `reports.table?input=${json({ json: { report: 'revenue', from: '2026-01-01', to: '2026-03-01', group: 'month' } })}`],
    ['a batch', `members.list,branches.list?batch=1&input=${json({ 0: { json: { limit: 5 } } })}`],
    ['a batch of one', `branches.list?batch=1&input=${json({})}`],
    ['a batch without inputs', 'branches.list,branches.list?batch=1'],
    ['a batch of which one fails', `members.get,branches.list?batch=1&input=${json({ 0: { json: { id: someone } } })}`],
    ['a batch of which all fail alike', `members.get,members.get?batch=1&input=${json({ 0: { json: { id: someone } }, 1: { json: { id: someone } } })}`],
    ['a missing row', `members.get?input=${json({ json: { id: someone } })}`],
    ['an input that the schema refuses', `members.get?input=${json({ json: { id: 'x' } })}`],
    ['an input that is missing', 'members.get'],
    ['somebody else\'s console', 'platform.tenants'],
  ])('is answered as tRPC answers it: %s', async (_name, path) => {
    const answer = await ours(path);
    expect(answer).not.toBeNull();
    expect(answer).toEqual(await theirs(path));
  });

  it.each([
    ['a mutation', `members.updateContact?input=${json({ json: {} })}`],
    ['no procedure', 'members.nothing'],
    ['a name of every object', 'toString'],
    ['a router', 'members'],
    ['no name', ''],
    ['an input that is no JSON', 'members.list?input=%7B'],
    ['a batch with a list of inputs', 'branches.list?batch=1&input=5'],
    ['a batch with a mutation', `branches.list,members.updateContact?batch=1`],
    ['more calls than a request may carry', `${Array<string>(maxBatchSize + 1).fill('branches.list').join(',')}?batch=1`],
    ['connection parameters', 'branches.list?connectionParams=%7B%7D'],
    ['a path that cannot be read', '%E0%A4%A'],
  ])('is left to tRPC when it is %s', async (_name, path) => {
    expect(await ours(path)).toBeNull();
  });

  it('is left to tRPC when it is sent, streamed or of a content type', async () => {
    for (const init of [{ method: 'POST', body: '{}' }, { headers: { 'trpc-accept': 'application/jsonl' } }, { headers: { accept: 'application/jsonl' } }, { headers: { 'content-type': 'text/plain' } }]) {
      expect(await answerQueries(new Request(`http://mk.localhost${trpcPath}/branches.list`, init), context())).toBeNull();
    }
  });
});
