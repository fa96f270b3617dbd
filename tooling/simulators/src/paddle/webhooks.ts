import { createHmac } from 'node:crypto';
import { postLocally } from '../http';
import type { Account, Delivery, StoredEvent } from './account';
import { instant, newPaddleId } from './clock';

/** How deliveries misbehave; all off unless the control endpoint says otherwise. */
export type WebhookMode = {
  /** Copies sent beside each delivery. */
  duplicates: number;
  /** Collects events for this long and sends them in random order; 0 sends at once. */
  shuffleMs: number;
  /** Waits up to this long, at random, before each delivery. */
  delayMs: number;
  /** So many of the next deliveries carry a wrong signature; their retries are signed right. */
  wrongSignatures: number;
  /** So many of the next events are never delivered (they stay in the events list). */
  drop: number;
  /** Keeps everything back until `flush`. */
  paused: boolean;
};

const calm: WebhookMode = { duplicates: 0, shuffleMs: 0, delayMs: 0, wrongSignatures: 0, drop: 0, paused: false };
const answerWithinMs = 5_000;
const maxAttempts = 40;
const parallel = 10;

export type WebhookTiming = { readonly firstRetryMs: number; readonly longestRetryMs: number };

/** `Paddle-Signature` of a body: HMAC-SHA256 over `ts:body`. */
export function signWebhook(rawBody: string, secret: string, seconds: number): string {
  return `ts=${seconds};h1=${createHmac('sha256', secret).update(`${seconds}:${rawBody}`).digest('hex')}`;
}

/** Stores an account's events and delivers them until each got a 2xx, over restarts too. */
export class Webhooks {
  mode: WebhookMode = { ...calm };
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #held: string[] = [];
  readonly #ready: string[] = [];
  #running = 0;
  #stopped = false;
  #quiet = false;

  constructor(
    private readonly account: Account,
    private readonly timing: WebhookTiming,
  ) {}

  /** Takes up what a former process left undelivered. */
  resume(): void {
    for (const delivery of this.account.all('deliveries').values()) if (delivery.status === 'waiting') this.#queue(delivery.id);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  setMode(change: Partial<WebhookMode>): WebhookMode {
    this.mode = { ...this.mode, ...change };
    return this.mode;
  }

  calm(): void {
    this.mode = { ...calm };
    this.flush('kept');
  }

  /** Records that something happened and sends it to every destination that asked for it. */
  emit(type: string, data: object): StoredEvent {
    const event: StoredEvent = { event_id: newPaddleId('evt'), event_type: type, occurred_at: instant(), data: structuredClone(data) };
    this.account.put('events', event.event_id, event);
    if (this.#quiet) return event;
    const dropped = this.mode.drop > 0;
    if (dropped) this.mode.drop -= 1;
    for (const setting of this.account.all('settings').values()) {
      if (!setting.active || !setting.subscribed_events.some(({ name }) => name === type)) continue;
      this.#deliver(event.event_id, setting.id, dropped);
      for (let copy = 0; copy < this.mode.duplicates; copy += 1) this.#deliver(event.event_id, setting.id, dropped);
    }
    return event;
  }

  /** Runs `make` as if nobody was told: its events are listed but not delivered. */
  quietly<T>(make: () => T): T {
    this.#quiet = true;
    try {
      return make();
    } finally {
      this.#quiet = false;
    }
  }

  /** Sends a stored event again, as the provider's dashboard does. */
  replay(eventId: string): void {
    for (const setting of this.account.all('settings').values()) if (setting.active) this.#deliver(eventId, setting.id, false);
  }

  /** Lets go of what is kept back, in the given order. */
  flush(order: 'kept' | 'reversed' | 'shuffled'): number {
    const held = this.#held.splice(0);
    const ordered = order === 'reversed' ? held.toReversed() : order === 'shuffled' ? shuffled(held) : held;
    this.#ready.push(...ordered);
    this.#pump();
    return ordered.length;
  }

  #deliver(eventId: string, settingId: string, dropped: boolean): void {
    const id = newPaddleId('ntf');
    this.account.put('deliveries', id, { id, eventId, settingId, status: dropped ? 'dropped' : 'waiting', attempts: 0, lastStatus: null });
    if (!dropped) this.#queue(id);
  }

  #queue(id: string): void {
    if (this.mode.paused) {
      this.#held.push(id);
    } else if (this.mode.shuffleMs > 0) {
      this.#held.push(id);
      if (this.#held.length === 1) this.#after(this.mode.shuffleMs, () => this.flush('shuffled'));
    } else if (this.mode.delayMs > 0) {
      this.#after(Math.random() * this.mode.delayMs, () => this.#start(id));
    } else {
      this.#start(id);
    }
  }

  #start(id: string): void {
    this.#ready.push(id);
    this.#pump();
  }

  #pump(): void {
    while (!this.#stopped && this.#running < parallel) {
      const id = this.#ready.shift();
      if (id === undefined) return;
      this.#running += 1;
      void this.#attempt(id).finally(() => {
        this.#running -= 1;
        this.#pump();
      });
    }
  }

  async #attempt(id: string): Promise<void> {
    const delivery = this.account.get('deliveries', id);
    const event = delivery && this.account.get('events', delivery.eventId);
    const setting = delivery && this.account.get('settings', delivery.settingId);
    if (!delivery || !event || !setting) return;
    const wrong = this.mode.wrongSignatures > 0;
    if (wrong) this.mode.wrongSignatures -= 1;
    const rawBody = JSON.stringify({ ...event, notification_id: id });
    const secret = wrong ? `${setting.endpoint_secret_key}-wrong` : setting.endpoint_secret_key;
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Paddle-Simulator',
      'paddle-signature': signWebhook(rawBody, secret, Math.floor(Date.now() / 1000)),
    };
    const status = await postLocally(setting.destination, headers, rawBody, answerWithinMs).catch(() => 0);
    if (!this.#stopped) this.#settle(delivery, status);
  }

  #settle(delivery: Delivery, status: number): void {
    const attempts = delivery.attempts + 1;
    const delivered = status >= 200 && status < 300;
    const state = delivered ? 'delivered' : attempts >= maxAttempts ? 'failed' : 'waiting';
    this.account.put('deliveries', delivery.id, { ...delivery, attempts, lastStatus: status, status: state });
    if (state !== 'waiting') return;
    this.#after(Math.min(this.timing.longestRetryMs, this.timing.firstRetryMs * 2 ** Math.min(attempts - 1, 20)), () => this.#start(delivery.id));
  }

  #after(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#stopped) run();
    }, ms);
    this.#timers.add(timer);
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1));
    const [a, b] = [mixed[index], mixed[other]];
    if (a !== undefined && b !== undefined) [mixed[index], mixed[other]] = [b, a];
  }
  return mixed;
}
