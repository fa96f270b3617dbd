import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { postLocally } from '../http';
import type { StoredFile } from './files';
import { signText } from './signature';

export type RouteMetadata = {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly callbackUrl: string;
  readonly callbackSlug: string;
  readonly awaitServerData: boolean;
  /** In development the product itself carries the callback: it reads it from this open answer. */
  readonly stream: ServerResponse | null;
};

type Waiting = { readonly resolve: (data: unknown) => void };

const answerWithinMs = 15_000;

/** Tells the product that a file has come, and waits for what it says to the uploader. */
export class Callbacks {
  readonly #metadata = new Map<string, RouteMetadata>();
  readonly #waiting = new Map<string, Waiting>();
  #stopped = false;

  register(fileKeys: readonly string[], metadata: RouteMetadata): void {
    for (const key of fileKeys) this.#metadata.set(key, metadata);
  }

  stop(): void {
    this.#stopped = true;
    for (const { stream } of this.#metadata.values()) stream?.end();
    for (const { resolve } of this.#waiting.values()) resolve(null);
  }

  /** The product's answer to a callback. False for a key that nobody waits for. */
  answered(fileKey: string, data: unknown): boolean {
    const waiting = this.#waiting.get(fileKey);
    waiting?.resolve(data);
    return waiting !== undefined;
  }

  /** Runs the callback of an uploaded file and gives the product's server data, null when it did not come in time. */
  async tell(file: StoredFile, addresses: { url: string; origin: string }, apiKey: string): Promise<unknown> {
    const route = await this.#routeOf(file.key);
    if (!route) return null;
    const answer = new Promise<unknown>((resolve) => this.#waiting.set(file.key, { resolve }));
    const { key, name, size, type, customId, fileHash } = file;
    const { url, origin } = addresses;
    const payload = JSON.stringify({
      status: 'uploaded',
      metadata: route.metadata,
      file: { key, name, size, type, customId, fileHash, lastModified: file.uploadedAt, url, appUrl: url, ufsUrl: url },
      origin,
    });
    const signature = signText(payload, apiKey);
    if (route.stream) this.#stream(route, key, `${JSON.stringify({ payload, signature, hook: 'callback' })}\n`);
    else void this.#post(route, payload, signature).then((taken) => (taken ? undefined : this.answered(key, null)));
    const limit = new AbortController();
    const late = sleep(answerWithinMs, null, { signal: limit.signal }).catch(() => null);
    const data = route.awaitServerData ? await Promise.race([answer, late]) : null;
    limit.abort();
    this.#waiting.delete(key);
    this.#metadata.delete(key);
    return data;
  }

  // the product registers the file's route while it answers the uploader, who may be faster
  async #routeOf(key: string): Promise<RouteMetadata | undefined> {
    for (let tries = 0; tries < 100 && !this.#metadata.has(key) && !this.#stopped; tries += 1) await sleep(20);
    return this.#metadata.get(key);
  }

  #stream(route: RouteMetadata, key: string, line: string): void {
    route.stream?.write(line);
    const others = [...this.#metadata].some(([other, { stream }]) => other !== key && stream === route.stream);
    if (!others) route.stream?.end();
  }

  async #post(route: RouteMetadata, payload: string, signature: string): Promise<boolean> {
    const address = new URL(route.callbackUrl);
    address.searchParams.set('slug', route.callbackSlug);
    const headers = { 'content-type': 'application/json', 'uploadthing-hook': 'callback', 'x-uploadthing-signature': signature };
    for (let tries = 0; tries < 3 && !this.#stopped; tries += 1) {
      const status = await postLocally(address.href, headers, payload, answerWithinMs).catch(() => 0);
      if (status >= 200 && status < 300) return true;
      await sleep(200 * (tries + 1));
    }
    return false;
  }
}
