/** Where both mounts answer. */
export const trpcPath = '/api/trpc';
/** Where the payment provider reports, followed by `<tenant>-<account>`. */
export const paddlePath = '/api/webhooks/paddle/';
/** Calls that one request may carry. */
export const maxBatchSize = 10;
/** Bytes of one request's body. */
export const maxBodyBytes = 1_000_000;

/** Every route of ours is one of these; what else there is only helps who looks for a way round. */
export const methods: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'POST']);

/** False for a path whose percent signs stand for no letters. tRPC and Next both take one for a fault of the server. */
export function decodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

/** The parts of a fetch Request that are read; node's mount gives these without the cost of a real one. */
export interface PlainRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Pick<Headers, 'get' | 'has'>;
  readonly signal: AbortSignal;
  json(): Promise<unknown>;
}

/** What is told, before it becomes a fetch Response or is written to node's: a Response costs as much as a query. */
export interface TrpcAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
