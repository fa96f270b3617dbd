import { currencyOfRoute, findRoute, type Currency, type SaleChannel } from '@interdomestik/rules';
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
