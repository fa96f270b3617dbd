import type { ISubscriptionResponse, ITransactionResponse } from '@paddle/paddle-node-sdk';
import type { Account } from './account';
import { wordOf } from './body';
import type { Fields } from './body';
import { instant, newPaddleId } from './clock';
import { ApiFault, notFound } from './fault';
import { linesOf } from './transactions';

type Cycle = ISubscriptionResponse['billing_cycle'];

function oneCycleLater(from: string, cycle: Cycle): string {
  const end = new Date(from);
  if (cycle.interval === 'day') end.setUTCDate(end.getUTCDate() + cycle.frequency);
  else if (cycle.interval === 'week') end.setUTCDate(end.getUTCDate() + 7 * cycle.frequency);
  else if (cycle.interval === 'month') end.setUTCMonth(end.getUTCMonth() + cycle.frequency);
  else end.setUTCFullYear(end.getUTCFullYear() + cycle.frequency);
  return end.toISOString();
}

/** Starts a subscription for the recurring prices of a paid transaction and gives its id; null when none recurs. */
export function startSubscription(account: Account, transaction: ITransactionResponse): string | null {
  const lines = linesOf(account, transaction.items).filter(({ price }) => price.billing_cycle);
  const cycle = lines[0]?.price.billing_cycle;
  if (!cycle || !transaction.customer_id || !transaction.address_id) return null;
  const now = instant();
  const end = oneCycleLater(now, cycle);
  const id = newPaddleId('sub');
  const subscription: ISubscriptionResponse = {
    id,
    status: 'active',
    customer_id: transaction.customer_id,
    address_id: transaction.address_id,
    business_id: transaction.business_id ?? null,
    currency_code: transaction.currency_code,
    created_at: now,
    updated_at: now,
    started_at: now,
    first_billed_at: now,
    next_billed_at: end,
    paused_at: null,
    canceled_at: null,
    discount: null,
    collection_mode: 'automatic',
    billing_details: null,
    current_billing_period: { starts_at: now, ends_at: end },
    billing_cycle: cycle,
    scheduled_change: null,
    management_urls: null,
    items: lines.map(({ price, product, quantity }) => ({
      status: 'active',
      quantity,
      recurring: true,
      created_at: now,
      updated_at: now,
      previously_billed_at: now,
      next_billed_at: end,
      trial_dates: null,
      price,
      product,
    })),
    custom_data: transaction.custom_data ?? null,
    import_meta: null,
  };
  account.put('subscriptions', id, subscription);
  account.webhooks.emit('subscription.created', { ...subscription, transaction_id: transaction.id });
  account.webhooks.emit('subscription.activated', subscription);
  return id;
}

export function subscriptionOf(account: Account, id: string): ISubscriptionResponse {
  const subscription = account.get('subscriptions', id);
  if (!subscription) throw notFound(id);
  return subscription;
}

/** Ends a subscription at once, or marks it to end with its period. */
export function cancelSubscription(account: Account, id: string, fields: Fields): ISubscriptionResponse {
  const before = subscriptionOf(account, id);
  if (before.status === 'canceled') throw new ApiFault(400, 'subscription_update_when_canceled', 'the subscription is canceled');
  const from = wordOf(fields, 'effective_from', ['next_billing_period', 'immediately'] as const, 'next_billing_period');
  const now = instant();
  const atOnce = from === 'immediately';
  const subscription: ISubscriptionResponse = atOnce
    ? { ...before, status: 'canceled', canceled_at: now, next_billed_at: null, current_billing_period: null, scheduled_change: null, updated_at: now }
    : {
        ...before,
        scheduled_change: { action: 'cancel', effective_at: before.next_billed_at ?? now, resume_at: null },
        updated_at: now,
      };
  account.put('subscriptions', id, subscription);
  account.webhooks.emit(atOnce ? 'subscription.canceled' : 'subscription.updated', subscription);
  return subscription;
}
