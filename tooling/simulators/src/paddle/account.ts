import type {
  IAddressResponse,
  IAdjustmentResponse,
  IBusinessResponse,
  ICustomerResponse,
  INotificationSettingsResponse,
  IPriceResponse,
  IProductResponse,
  ISubscriptionResponse,
  ITransactionResponse,
} from '@paddle/paddle-node-sdk';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Journal } from '../journal';
import type { Webhooks } from './webhooks';

export type AccountSettings = {
  readonly name: string;
  readonly apiKey: string;
  readonly clientToken: string;
  readonly webhookSecret: string;
  readonly webhookUrl: string;
  /** Tax that the provider adds, in hundredths of a percent. */
  readonly taxRateBp: number;
  /** Milliseconds until a refund is approved; null leaves it to `_control/adjustments`. */
  readonly refundApprovalMs: number | null;
};

export type StoredEvent = { event_id: string; event_type: string; occurred_at: string; data: object };

export type Delivery = {
  id: string;
  eventId: string;
  settingId: string;
  status: 'waiting' | 'delivered' | 'failed' | 'dropped';
  attempts: number;
  lastStatus: number | null;
};

export type Records = {
  customers: ICustomerResponse;
  addresses: IAddressResponse;
  businesses: IBusinessResponse;
  products: IProductResponse;
  prices: IPriceResponse;
  transactions: ITransactionResponse;
  adjustments: IAdjustmentResponse;
  subscriptions: ISubscriptionResponse;
  settings: INotificationSettingsResponse;
  events: StoredEvent;
  deliveries: Delivery;
  counters: { value: number };
};

/** One seller: its keys, its records and its webhooks. Nothing is shared with another. */
export class Account {
  readonly journal: Journal;

  constructor(
    public settings: AccountSettings,
    dataDir: string,
    makeWebhooks: (account: Account) => Webhooks,
  ) {
    this.journal = new Journal(join(dataDir, `${accountFile(settings.apiKey)}.jsonl`));
    this.webhooks = makeWebhooks(this);
  }

  readonly webhooks: Webhooks;

  all<K extends keyof Records>(collection: K): ReadonlyMap<string, Records[K]> {
    return this.journal.all<Records[K]>(collection);
  }

  get<K extends keyof Records>(collection: K, id: string): Records[K] | undefined {
    return this.journal.get<Records[K]>(collection, id);
  }

  put<K extends keyof Records>(collection: K, id: string, value: Records[K]): Records[K] {
    this.journal.put(collection, id, value);
    return value;
  }
}

/** A file name that does not show the key. */
export function accountFile(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex').slice(0, 24);
}
