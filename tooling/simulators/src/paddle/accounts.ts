import { join } from 'node:path';
import { Journal } from '../journal';
import { Account } from './account';
import type { AccountSettings } from './account';
import { maybeText, textOf } from './body';
import type { Fields } from './body';
import { badField } from './fault';
import { putMainSetting } from './notification-settings';
import { Webhooks } from './webhooks';
import type { WebhookTiming } from './webhooks';

/** What registers an account; the rest has standard values. */
export type AccountInput = Pick<AccountSettings, 'name' | 'apiKey' | 'clientToken' | 'webhookSecret' | 'webhookUrl'> &
  Partial<Pick<AccountSettings, 'taxRateBp' | 'refundApprovalMs'>>;

/** Reads a registration. Throws ApiFault naming the field. */
export function accountInput(fields: Fields): AccountInput {
  const taxRateBp = fields['taxRateBp'] ?? 1800;
  const refundApprovalMs = fields['refundApprovalMs'] === undefined ? 2000 : fields['refundApprovalMs'];
  if (typeof taxRateBp !== 'number' || !Number.isInteger(taxRateBp) || taxRateBp < 0) throw badField('taxRateBp', 'taxRateBp must be a whole number');
  if (refundApprovalMs !== null && typeof refundApprovalMs !== 'number') throw badField('refundApprovalMs', 'refundApprovalMs must be a number or null');
  return {
    name: maybeText(fields, 'seller') ?? maybeText(fields, 'name') ?? 'Test seller',
    apiKey: textOf(fields, 'apiKey'),
    clientToken: textOf(fields, 'clientToken'),
    webhookSecret: textOf(fields, 'webhookSecret'),
    webhookUrl: textOf(fields, 'webhookUrl'),
    taxRateBp,
    refundApprovalMs,
  };
}

/** All sellers of the simulator, told apart by their API key and kept over restarts. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();
  readonly #journal: Journal;

  constructor(
    private readonly dataDir: string,
    private readonly timing: WebhookTiming,
  ) {
    this.#journal = new Journal(join(dataDir, 'accounts.jsonl'));
    for (const settings of this.#journal.all<AccountSettings>('accounts').values()) this.#open(settings);
  }

  find(apiKey: string): Account | undefined {
    return this.#accounts.get(apiKey);
  }

  all(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  /** The account that a transaction's pay page belongs to. */
  owning(transactionId: string): Account | undefined {
    return this.all().find((account) => account.get('transactions', transactionId) !== undefined);
  }

  /** The account that this customer pays. */
  serving(customerId: string): Account | undefined {
    return this.all().find((account) => account.get('customers', customerId) !== undefined);
  }

  /** Adds an account, or changes the settings of the one with this key. */
  register(input: AccountInput): Account {
    const settings: AccountSettings = { taxRateBp: 1800, refundApprovalMs: 2000, ...input };
    const known = this.#accounts.get(settings.apiKey);
    const before = known?.settings;
    const account = known ?? this.#open(settings);
    account.settings = settings;
    try {
      putMainSetting(account);
    } catch (error) {
      if (before) account.settings = before;
      else this.#accounts.delete(settings.apiKey);
      throw error;
    }
    this.#journal.put('accounts', settings.apiKey, settings);
    return account;
  }

  #open(settings: AccountSettings): Account {
    const account = new Account(settings, this.dataDir, (owner) => new Webhooks(owner, this.timing));
    this.#accounts.set(settings.apiKey, account);
    account.webhooks.resume();
    return account;
  }
}
