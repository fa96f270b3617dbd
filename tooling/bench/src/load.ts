import autocannon from 'autocannon';
import type { Side } from './rounds';

/** A request that is sent over and over. */
export interface Target {
  readonly url: string;
  readonly headers?: Record<string, string>;
}

/** Loads an address over a number of connections. Throws when anything but 200 comes back: a fast refusal is no figure. */
export function loading({ url, headers = {} }: Target, connections: number): Side {
  return async (milliseconds) => {
    const result = await autocannon({ url, headers, connections, duration: milliseconds / 1000 });
    const failed = result.errors + result.non2xx + result.timeouts;
    if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${url} failed`);
    return { perSecond: (result['2xx'] * 1000) / milliseconds, p50: result.latency.p50, p95: result.latency.p97_5 };
  };
}
