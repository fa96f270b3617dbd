import { currencyOfRoute, findRoute, type Currency, type BuyerPayment, type ResolvedRule, type SaleChannel } from '@interdomestik/rules';
import { actAsTenant, type TenantScope } from '@interdomestik/db';
import { ruleOf } from '../settings/rules';
import { currencyOf } from '../site/service';
import { findAccount, type PaymentAccount } from './accounts';

/** How a sale is priced and charged where the buyer would pay by card. */
export interface CardSale {
  readonly currency: Currency;
  /** Null while the tenant has no card account that can charge: then nobody pays online, and prices are those of a desk. */
  readonly account: PaymentAccount | null;
}

/** How a sale is priced and charged where the buyer pays by transfer. */
export interface TransferSale {
  readonly currency: Currency;
  readonly account: PaymentAccount;
  readonly rule: ResolvedRule<'payments'>;
}

/** The tenant's bank account for transfers of sales on a channel; null where its rules take none, or nobody has said where they go. */
export async function transferSale(scope: TenantScope, channel: SaleChannel, now: Date): Promise<TransferSale | null> {
  const rule = await ruleOf(scope, 'payments', now);
  const route = findRoute(rule.value, 'bank_transfer', channel);
  if (route === undefined) return null;
  const currency = currencyOfRoute(route);
  const account = await findAccount(actAsTenant(scope, 'payments.online'), 'bank_transfer', currency);
  return account?.taxDocumentIssuer === 'tenant' ? { currency, account, rule } : null;
}

/** The ways in which a buyer who is alone can pay today, the preferred one first. */
export async function waysToPay(scope: TenantScope, now: Date): Promise<BuyerPayment[]> {
  const [card, transfer] = await Promise.all([cardSale(scope, 'self_service', now), transferSale(scope, 'self_service', now)]);
  return [...(card.account === null ? [] : ['card' as const]), ...(transfer === null ? [] : ['bank_transfer' as const])];
}

/** The card account and currency of sales on a channel. A tenant without either sells for cash, in that currency. */
export async function cardSale(scope: TenantScope, channel: SaleChannel, now: Date): Promise<CardSale> {
  const { value } = await ruleOf(scope, 'payments', now);
  const card = findRoute(value, 'card', channel);
  // a visitor and a branch see no account
  const account = card === undefined ? null : await findAccount(actAsTenant(scope, 'payments.online'), 'paddle', currencyOfRoute(card));
  if (card !== undefined && account !== null) return { currency: currencyOfRoute(card), account };
  const cash = findRoute(value, 'cash', 'branch') ?? findRoute(value, 'cash', 'agent');
  return { currency: cash === undefined ? currencyOf(scope.tenant) : currencyOfRoute(cash), account: null };
}
