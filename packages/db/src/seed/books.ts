import { chartOfAccounts, type AccountName, type Currency, type Leg, type PostingKind } from '@interdomestik/rules';
import { ledgerAccounts, ledgerEntries, ledgerTransactions, numberSeries } from '../schema';
import type { TenantSeed } from './context';

/** Numbers of the tenant's gapless series, taken in the order in which things happened. */
export class Series {
  readonly #last = new Map<string, { series: string; fiscalYear: number; lastNumber: number }>();

  take(series: string, fiscalYear: number): number {
    const key = `${series}/${fiscalYear}`;
    const known = this.#last.get(key) ?? { series, fiscalYear, lastNumber: 0 };
    known.lastNumber += 1;
    this.#last.set(key, known);
    return known.lastNumber;
  }

  /** The rows after which the product goes on counting. */
  write({ tenantId, random, rows, now }: TenantSeed): void {
    for (const row of this.#last.values()) rows.add(numberSeries, { tenantId, id: random.id(now), ...row });
  }
}

const heldByPeople: ReadonlySet<AccountName> = new Set(['cashWithAgents', 'cashShortage', 'commissionsPayable']);

/** Posts balanced transactions to accounts that are made when first needed. */
export class Books {
  readonly #accounts = new Map<string, string>();
  /** What came to lie with the card provider by each posting: without the tax that it pays itself, and that tax. */
  readonly withProvider: { readonly branchId: string; readonly at: Date; readonly currency: Currency; readonly net: bigint; readonly tax: bigint }[] = [];
  constructor(readonly seed: TenantSeed) {}

  #account(name: AccountName, currency: Currency): string {
    const { tenantId, random, rows, now } = this.seed;
    const { code, kind } = chartOfAccounts[name];
    const key = `${code}/${currency}`;
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    const id = random.id(now);
    this.#accounts.set(key, id);
    rows.add(ledgerAccounts, { tenantId, id, code, kind: kind === 'revenue' ? 'income' : kind, currency, createdAt: now });
    return id;
  }

  /** Books an effect once: `effect` is what the services would call it, `payment:<id>:sale` for instance. */
  post(kind: PostingKind, effect: string, branchId: string, at: Date, legs: readonly Leg[], holder: string | null = null): void {
    const { tenantId, random, rows } = this.seed;
    const transactionId = random.id(at);
    const of = (account: AccountName): bigint => legs.filter((leg) => leg.account === account).reduce((sum, { amount }) => sum + amount.minor, 0n);
    const [leg] = legs.filter(({ account }) => account === 'providerReceivable');
    if (leg !== undefined && kind !== 'provider_payout') this.withProvider.push({ branchId, at, currency: leg.amount.currency, net: of('providerReceivable') + of('providerTax'), tax: -of('providerTax') });
    const [sourceType = '', sourceId = ''] = effect.split(':');
    rows.add(ledgerTransactions, { tenantId, id: transactionId, branchId, kind, sourceType, sourceId, effectKey: effect, occurredAt: at, createdAt: at });
    legs.forEach((leg, position) => {
      rows.add(ledgerEntries, {
        tenantId, id: random.id(at), transactionId, accountId: this.#account(leg.account, leg.amount.currency), branchId, partyId: heldByPeople.has(leg.account) ? holder : null,
        position, amountMinor: leg.amount.minor, currency: leg.amount.currency, occurredAt: at,
      });
    });
  }
}
