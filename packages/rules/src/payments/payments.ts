import { DomainError } from '../errors'
import { add, compare, isZero, money, smallerOf, subtract, zero } from '../money'
import type { Currency, Money } from '../money'
import type { LimitsRule, PaymentMethod, PaymentRoute, PaymentsRule, SaleChannel } from '../rule-sets'

export const paymentStatuses = ['pending', 'succeeded', 'failed', 'refunded', 'partly_refunded', 'disputed'] as const
export type PaymentStatus = (typeof paymentStatuses)[number]

/** Where collected cash is; it only moves forward. */
export const cashStatuses = ['collected', 'handed', 'banked'] as const
export type CashStatus = (typeof cashStatuses)[number]

/** What becomes of a cash receipt: on its way to the bank, or its cash was given back to the payer before it left its collector. */
export const cashReceiptStatuses = [...cashStatuses, 'returned'] as const

type EventBase = { readonly eventId: string; readonly occurredAt: Date }
/** What a provider says about one payment, reduced to what changes its status. */
export type PaymentEvent =
  | (EventBase & { readonly kind: 'opened' | 'failed' })
  | (EventBase & { readonly kind: 'paid'; readonly amount: Money })
  | (EventBase & {
      readonly kind: 'adjustment'
      readonly adjustmentId: string
      readonly type: 'refund' | 'chargeback' | 'chargeback_reversal'
      readonly status: 'pending' | 'approved' | 'rejected' | 'reversed'
      readonly amount: Money
    })

export type PaymentState = {
  readonly status: PaymentStatus
  readonly paid: Money
  readonly refunded: Money
  readonly disputed: Money
  readonly paidAt: Date | null
  readonly lastEventAt: Date | null
}

function inOrder(events: readonly PaymentEvent[]): PaymentEvent[] {
  const unique = new Map(events.map((event) => [event.eventId, event]))
  return [...unique.values()].toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0),
  )
}

type Adjustment = Extract<PaymentEvent, { kind: 'adjustment' }>

function approvedTotal(adjustments: ReadonlyMap<string, Adjustment>, type: Adjustment['type'], currency: Currency): Money {
  return [...adjustments.values()]
    .filter((adjustment) => adjustment.type === type && adjustment.status === 'approved')
    .reduce((total, { amount }) => add(total, amount), zero(currency))
}

function statusOf(paid: Money | null, failed: boolean, refunded: Money, disputed: Money): PaymentStatus {
  if (paid === null) return failed ? 'failed' : 'pending'
  if (!isZero(disputed)) return 'disputed'
  if (isZero(refunded)) return 'succeeded'
  return compare(refunded, paid) >= 0 ? 'refunded' : 'partly_refunded'
}

/**
 * The state of a payment after a set of provider events. Events count by `occurredAt`, each `eventId` once, so
 * duplicates and any order of arrival give the same state. A refund or chargeback counts only when approved; a paid
 * payment never falls back to failed. Throws INVALID when an event names another currency.
 */
export function reducePayment(events: readonly PaymentEvent[], currency: Currency): PaymentState {
  let paid: Money | null = null
  let paidAt: Date | null = null
  let failed = false
  let lastEventAt: Date | null = null
  const adjustments = new Map<string, Adjustment>()
  for (const event of inOrder(events)) {
    lastEventAt = event.occurredAt
    if (event.kind === 'opened') failed = false
    if (event.kind === 'failed') failed = true
    if (event.kind === 'paid') {
      if (event.amount.currency !== currency) throw new DomainError('INVALID', 'errors.money.currencyMismatch')
      paid ??= event.amount
      paidAt ??= event.occurredAt
    }
    if (event.kind === 'adjustment') adjustments.set(event.adjustmentId, event)
  }
  const total = paid ?? zero(currency)
  const refunded = smallerOf(approvedTotal(adjustments, 'refund', currency), total)
  const charged = approvedTotal(adjustments, 'chargeback', currency)
  const returned = approvedTotal(adjustments, 'chargeback_reversal', currency)
  const disputed = compare(charged, returned) > 0 ? subtract(charged, returned) : zero(currency)
  return { status: statusOf(paid, failed, refunded, disputed), paid: total, refunded, disputed, paidAt, lastEventAt }
}

/** What can still be given back; never below zero. */
export function refundable(state: PaymentState): Money {
  const taken = add(state.refunded, state.disputed)
  return compare(state.paid, taken) > 0 ? subtract(state.paid, taken) : money(0n, state.paid.currency)
}

/** The active route of a method on a channel, or undefined. */
export function findRoute(rule: PaymentsRule, method: PaymentMethod, channel: SaleChannel): PaymentRoute | undefined {
  return rule.routes.find((route) => route.method === method && route.active && route.channels.includes(channel))
}

/** As findRoute; throws INVALID `errors.payment.method` when the tenant has none. */
export function routeOf(rule: PaymentsRule, method: PaymentMethod, channel: SaleChannel): PaymentRoute {
  const route = findRoute(rule, method, channel)
  if (route === undefined) throw new DomainError('INVALID', 'errors.payment.method', { field: 'method' })
  return route
}

/** The currency in which a method is charged: the route's first. */
export function currencyOfRoute(route: PaymentRoute): Currency {
  const [first] = route.currencies
  if (first === undefined) throw new Error('a payment route without a currency')
  return first
}

/** Refuses cash above the tenant's limit for one payment, or in a currency without a limit. */
export function assertCashWithinLimit(limits: LimitsRule, amount: Money): void {
  const limit = limits.cashPerPayment.find(({ currency }) => currency === amount.currency)
  if (limit === undefined) throw new DomainError('INVALID', 'errors.money.currency', { field: 'amount' })
  if (compare(amount, limit) > 0) {
    throw new DomainError('INVALID', 'errors.cash.limit', { field: 'amount', params: { minor: limit.minor.toString(), currency: limit.currency } })
  }
}

/** The next place of cash; throws CONFLICT when it is not the following step. */
export function assertCashStep(from: CashStatus, to: CashStatus): void {
  if (cashStatuses.indexOf(to) !== cashStatuses.indexOf(from) + 1) {
    throw new DomainError('CONFLICT', 'errors.transition.unknown', { params: { from, to } })
  }
}
