import type { AccountName } from '@interdomestik/rules';

type Share = 'new' | 'renewal' | 'upgrade';

/** What was sold once, and what became of its money. */
export interface PlainSale {
  readonly paymentId: string;
  readonly membershipId: string;
  readonly way: 'card' | 'cash';
  readonly branch: 0 | 1;
  readonly currency: string;
  readonly gross: bigint;
  /** The tax inside, as whoever writes the tax document says it. */
  readonly tax: bigint;
  /** The branch whose agent earns by it; null: nobody. */
  readonly earner: 0 | 1 | null;
  readonly share: Share;
  readonly soldAt: Date;
  refunded: bigint;
  disputed: boolean;
}

interface Receipt {
  readonly id: string;
  readonly agent: 0 | 1;
  readonly minor: bigint;
}

interface Line {
  readonly paymentId: string;
  readonly earner: 0 | 1;
  readonly currency: string;
  readonly minor: bigint;
  approved: boolean;
  paid: boolean;
}

/** Over / under to the nearest whole, a half upwards. */
export const halfUp = (over: bigint, under: bigint): bigint => (2n * over + under) / (2n * under);

/** Tax of 18 in 118, to the nearest minor unit. */
export const taxInside = (gross: bigint): bigint => halfUp(gross * 18n, 118n);

/**
 * Books of one country as somebody would keep them on paper: what is added where is written out once more, with no line of the product in it. Money in minor units, a debit above
 * nothing and a credit below.
 */
export class PlainBooks {
  readonly balances = new Map<string, bigint>();
  readonly sales: PlainSale[] = [];
  /** Invoices, and credit notes below nothing, in the order in which they were issued. */
  readonly papers: { readonly paymentId: string; readonly total: bigint; readonly tax: bigint }[] = [];
  readonly lines: Line[] = [];
  readonly payouts: { readonly earner: 0 | 1; readonly currency: string; readonly minor: bigint }[] = [];
  /** Cash in the hands of each branch's agent, by receipt. */
  readonly hands: Receipt[] = [];
  /** What was counted in each branch and lies there until it is brought to the bank, by handover. */
  readonly counted: { readonly id: string; readonly branch: 0 | 1; readonly minor: bigint }[] = [];
  /** What each branch has given back out of its cash since its last deposit. */
  readonly givenBack: [bigint, bigint] = [0n, 0n];

  constructor(private readonly shares: Readonly<Record<Share, bigint>>, private readonly leastPayout: ReadonlyMap<string, bigint>) {}

  private add(branch: 0 | 1, currency: string, parts: Partial<Record<AccountName, bigint>>): void {
    if (Object.values(parts).reduce((sum, minor) => sum + minor, 0n) !== 0n) throw new Error('the plain books do not balance');
    for (const [account, minor] of Object.entries(parts)) {
      const key = `${account} ${currency} ${String(branch)}`;
      this.balances.set(key, (this.balances.get(key) ?? 0n) + minor);
    }
  }

  soldByCard(sale: Omit<PlainSale, 'way' | 'refunded' | 'disputed'>, fee: bigint): void {
    const { branch, currency, gross, tax } = sale;
    this.add(branch, currency, { providerReceivable: gross - fee, providerFees: fee, membershipRevenue: tax - gross, providerTax: -tax });
    this.keep({ ...sale, way: 'card', refunded: 0n, disputed: false });
  }

  soldForCash(sale: Omit<PlainSale, 'way' | 'refunded' | 'disputed'>, receiptId: string): void {
    const { branch, currency, gross, tax, paymentId } = sale;
    this.add(branch, currency, { cashWithAgents: gross, membershipRevenue: tax - gross, vatPayable: -tax });
    this.papers.push({ paymentId, total: gross, tax });
    this.hands.push({ id: receiptId, agent: branch, minor: gross });
    this.keep({ ...sale, way: 'cash', refunded: 0n, disputed: false });
  }

  private keep(sale: PlainSale): void {
    this.sales.push(sale);
    this.settle(sale);
  }

  /** Part of a card payment went back, with the part of the provider's tax that it says. */
  refundedByCard(sale: PlainSale, minor: bigint, tax: bigint): void {
    this.add(sale.branch, sale.currency, { providerReceivable: -minor, membershipRevenue: minor - tax, providerTax: tax });
    sale.refunded += minor;
    this.settle(sale);
  }

  /** The bank took the whole away, or gave it back. */
  disputedByCard(sale: PlainSale, tax: bigint): void {
    const sign = sale.disputed ? -1n : 1n;
    this.add(sale.branch, sale.currency, { providerReceivable: -sign * sale.gross, membershipRevenue: sign * (sale.gross - tax), providerTax: sign * tax });
    sale.disputed = !sale.disputed;
    this.settle(sale);
  }

  /** Cash went back out of the hands that have it, or out of the branch. */
  givenBackInCash(sale: PlainSale, receiptId: string): 'collector' | 'branch' {
    const at = this.hands.findIndex(({ id }) => id === receiptId);
    const from = at === -1 ? 'branch' : 'collector';
    if (from === 'collector') this.hands.splice(at, 1);
    else this.givenBack[sale.branch] += sale.gross;
    this.add(sale.branch, sale.currency, { [from === 'collector' ? 'cashWithAgents' : 'cashInBranch']: -sale.gross, membershipRevenue: sale.gross - sale.tax, vatPayable: sale.tax });
    this.papers.push({ paymentId: sale.paymentId, total: -sale.gross, tax: -sale.tax });
    sale.refunded = sale.gross;
    this.settle(sale);
    return from;
  }

  held(agent: 0 | 1): bigint {
    return this.hands.filter((receipt) => receipt.agent === agent).reduce((sum, { minor }) => sum + minor, 0n);
  }

  /** What lies in a branch's till. */
  till(branch: 0 | 1): bigint {
    return this.counted.filter((one) => one.branch === branch).reduce((sum, { minor }) => sum + minor, 0n) - this.givenBack[branch];
  }

  /** An agent's whole cash is counted in the branch, `missing` less than it should be. */
  handedOver(agent: 0 | 1, id: string, currency: string, missing: bigint): void {
    const expected = this.held(agent);
    this.hands.splice(0, this.hands.length, ...this.hands.filter((receipt) => receipt.agent !== agent));
    this.counted.push({ id, branch: agent, minor: expected - missing });
    this.add(agent, currency, { cashWithAgents: -expected, cashInBranch: expected - missing, cashShortage: missing });
  }

  /** All that lies in a branch is brought to the bank; gives how much. */
  banked(branch: 0 | 1, currency: string): bigint {
    const minor = this.till(branch);
    this.counted.splice(0, this.counted.length, ...this.counted.filter((one) => one.branch !== branch));
    this.givenBack[branch] = 0n;
    this.add(branch, currency, { cashInBranch: -minor, bank: minor });
    return minor;
  }

  /** What a sale earns now is a share of what stayed of it; every change is a line of its own. */
  private settle(sale: PlainSale): void {
    if (sale.earner === null) return;
    const net = sale.gross - sale.tax;
    const back = sale.refunded + (sale.disputed ? sale.gross : 0n);
    const kept = back >= sale.gross ? 0n : (net * (sale.gross - back)) / sale.gross;
    const of = this.lines.filter(({ paymentId }) => paymentId === sale.paymentId);
    const minor = halfUp(kept * this.shares[sale.share], 10_000n) - of.reduce((sum, line) => sum + line.minor, 0n);
    if (minor === 0n) return;
    this.lines.push({ paymentId: sale.paymentId, earner: sale.earner, currency: sale.currency, minor, approved: of.at(-1)?.approved ?? false, paid: false });
    this.add(sale.branch, sale.currency, { commissions: minor, commissionsPayable: -minor });
  }

  approve(earner: 0 | 1): number {
    const open = this.lines.filter((line) => line.earner === earner && !line.approved);
    for (const line of open) line.approved = true;
    return open.length;
  }

  open(earner: 0 | 1): readonly Line[] {
    return this.lines.filter((line) => line.earner === earner && line.approved && !line.paid);
  }

  /** Pays each currency that reaches its least payout. */
  payOut(earner: 0 | 1): void {
    for (const currency of new Set(this.open(earner).map((line) => line.currency))) {
      const open = this.open(earner).filter((line) => line.currency === currency);
      const minor = open.reduce((sum, line) => sum + line.minor, 0n);
      if (minor < (this.leastPayout.get(currency) ?? 0n)) continue;
      for (const line of open) line.paid = true;
      this.payouts.push({ earner, currency, minor });
      this.add(earner, currency, { commissionsPayable: minor, bank: -minor });
    }
  }
}
