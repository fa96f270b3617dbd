import { getErrorShape, getTRPCErrorFromUnknown, transformTRPCResponse } from '@trpc/server';
import { getHTTPStatusCode } from '@trpc/server/http';
import type { Context } from '../context';
import { appRouter } from '../root';
import { wire } from '../wire';
import { maxBatchSize, trpcPath, type PlainRequest, type TrpcAnswer } from './protocol';

/** A procedure as the router keeps it, flat by its whole name. */
interface Procedure {
  readonly _def: { readonly type: 'query' | 'mutation' | 'subscription' };
  (call: { path: string; getRawInput: () => Promise<unknown>; ctx: Context; type: 'query'; signal: AbortSignal; batchIndex: number }): Promise<unknown>;
}

type Item = Parameters<typeof getHTTPStatusCode>[0] extends infer Json ? Exclude<Json, readonly unknown[]> : never;

interface Call {
  readonly path: string;
  readonly procedure: Procedure;
  readonly input: unknown;
}

const config = appRouter._def._config;
const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, Procedure>>;

function inputsOf(text: string | null, isBatch: boolean, count: number): unknown[] {
  const sent: unknown = text === null || text === '' ? undefined : JSON.parse(text);
  if (!isBatch) return [sent === undefined ? undefined : wire.deserialize(sent as never)];
  const byIndex = sent === undefined ? {} : (sent as Readonly<Record<number, unknown>>);
  if (typeof byIndex !== 'object' || byIndex === null || Array.isArray(byIndex)) throw new TypeError('a batch has its inputs by number');
  return Array.from({ length: count }, (_, index) => (byIndex[index] === undefined ? undefined : wire.deserialize(byIndex[index] as never)));
}

/** The queries that a request asks for; null for anything that is not plainly that. */
function callsOf({ method, url, headers }: PlainRequest): { calls: Call[]; isBatch: boolean } | null {
  if (method !== 'GET' || headers.has('content-type') || headers.has('trpc-accept') || headers.get('accept')?.includes('jsonl') === true) return null;
  const start = url.indexOf(`${trpcPath}/`) + trpcPath.length + 1;
  const mark = url.indexOf('?', start);
  const search = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
  const isBatch = search.get('batch') === '1';
  try {
    const path = decodeURIComponent(mark === -1 ? url.slice(start) : url.slice(start, mark));
    const paths = isBatch ? path.split(',') : [path];
    if (paths.length > maxBatchSize || search.has('connectionParams')) return null;
    const inputs = inputsOf(search.get('input'), isBatch, paths.length);
    const calls: Call[] = [];
    for (const [index, name] of paths.entries()) {
      const procedure = Object.hasOwn(procedures, name) ? procedures[name] : undefined;
      if (procedure?._def.type !== 'query') return null;
      calls.push({ path: name, procedure, input: inputs[index] });
    }
    return { calls, isBatch };
  } catch {
    // tRPC says what is wrong with it
    return null;
  }
}

async function answerCall({ path, procedure, input }: Call, batchIndex: number, ctx: Context, signal: AbortSignal): Promise<Item> {
  try {
    const data = await procedure({ path, getRawInput: () => Promise.resolve(input), ctx, type: 'query', signal, batchIndex });
    return { result: { data } };
  } catch (cause) {
    return { error: getErrorShape({ config, error: getTRPCErrorFromUnknown(cause), type: 'query', path, input, ctx }) };
  }
}

/**
 * Answers queries as tRPC's own handler does, without the Request, Response and streams that it needs for everything else: those cost more
 * than the query. Null when the request is anything but plain queries of ours; then nothing has run.
 */
export async function answerQueries(request: PlainRequest, ctx: Context): Promise<Pick<TrpcAnswer, 'status' | 'body'> | null> {
  const asked = callsOf(request);
  if (asked === null) return null;
  const items = await Promise.all(asked.calls.map(async (call, index) => await answerCall(call, index, ctx, request.signal)));
  const [first] = items;
  if (first === undefined) return null;
  const told = asked.isBatch ? items : first;
  return { status: getHTTPStatusCode(told), body: JSON.stringify(transformTRPCResponse(config, told)) };
}
