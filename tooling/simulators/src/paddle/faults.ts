import { setTimeout as sleepFor } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';

/** A failure to be shown to the next `times` calls of the API whose path starts with `path`. */
export type PlannedFault = {
  readonly kind: 'status' | 'hang' | 'reset' | 'html';
  readonly status: number;
  readonly path: string;
  readonly retryAfter: number | null;
  /** For `hang`: how long until the connection is cut. */
  readonly ms: number;
  /** The call is carried out all the same and only its answer is lost. */
  readonly afterEffect: boolean;
  times: number;
};

export class PlannedFaults {
  #planned: PlannedFault[] = [];

  plan(fault: PlannedFault): void {
    this.#planned.push(fault);
  }

  clear(): void {
    this.#planned = [];
  }

  /** The fault for a call, used up by one. */
  take(path: string): PlannedFault | undefined {
    const found = this.#planned.find((fault) => fault.times > 0 && path.startsWith(fault.path));
    if (found) found.times -= 1;
    return found;
  }
}

/** Answers a call with a planned failure. */
export async function showFault(fault: PlannedFault, res: ServerResponse): Promise<void> {
  if (fault.kind === 'reset') {
    res.destroy();
  } else if (fault.kind === 'hang') {
    await sleepFor(fault.ms, undefined, { ref: false });
    res.destroy();
  } else if (fault.kind === 'html') {
    res.writeHead(fault.status, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
  } else {
    const code = fault.status === 429 ? 'too_many_requests' : 'service_unavailable';
    const type = fault.status >= 500 ? 'api_error' : 'request_error';
    const headers = { 'content-type': 'application/json', ...(fault.retryAfter !== null && { 'retry-after': String(fault.retryAfter) }) };
    res.writeHead(fault.status, headers).end(JSON.stringify({ error: { type, code, detail: code, documentation_url: '' }, meta: { request_id: 'planned' } }));
  }
}
