import { DomainError } from '../errors'
import { add, compare, isNegative, isZero, money, negate, subtract, sum, zero } from '../money'
import type { Money } from '../money'
import { chartOfAccounts } from './accounts'
import type { AccountName } from './accounts'

/** One leg of a transaction: a debit is positive, a credit negative. */
export type Leg = { readonly account: AccountName; readonly code: string; readonly amount: Money }

export const postingKinds = [
  'card_sale',
  'cash_sale',
  'bank_transfer_sale',
  'bank_held',
  'bank_returned',
  'instalment_paid',
  'card_refund',
  'cash_refund',
  'bank_refund',
  'credit_note',
  'credit_paid',
  'chargeback',
  'cash_handed_over',
  'cash_banked',
  'cash_written_off',
  'provider_payout',
  'commission_earned',
  'commission_paid',
  'reversal',
] as const
export type PostingKind = (typeof postingKinds)[number]

function debit(account: AccountName, amount: Money): Leg {
  return { account, code: chartOfAccounts[account].code, amount }
}

function credit(account: AccountName, amount: Money): Leg {
  return debit(account, negate(amount))
}

/** Refuses legs that do not sum to zero per currency, or that are fewer than two. */
export function assertBalanced(legs: readonly Leg[]): void {
  const totals = new Map<string, bigint>()
  for (const { amount } of legs) totals.set(amount.currency, (totals.get(amount.currency) ?? 0n) + amount.minor)
  if (legs.length < 2 || [...totals.values()].some((total) => total !== 0n)) {
    throw new DomainError('INVALID', 'errors.ledger.unbalanced')
  }
}

function balanced(legs: readonly Leg[]): Leg[] {
  const kept = legs.filter(({ amount }) => !isZero(amount))
  assertBalanced(kept)
  return kept
}

function assertPart(part: Money, whole: Money): void {
  if (isNegative(part) || compare(part, whole) > 0) throw new DomainError('INVALID', 'errors.ledger.part')
}

/** One leg for each account and currency, in the order in which they first come; what comes to nothing is left out. */
export function mergedLegs(legs: readonly Leg[]): Leg[] {
  const merged = new Map<string, Leg>()
  for (const leg of legs) {
    const key = `${leg.code}/${leg.amount.currency}`
    const before = merged.get(key)
    merged.set(key, before === undefined ? leg : { ...before, amount: add(before.amount, leg.amount) })
  }
  return [...merged.values()].filter(({ amount }) => !isZero(amount))
}

/** A price and the tax inside it. */
export type TaxedAmount = { readonly gross: Money; readonly tax: Money }

function sale(received: AccountName, taxAccount: AccountName, { gross, tax }: TaxedAmount): Leg[] {
  if (compare(gross, zero(gross.currency)) <= 0) throw new DomainError('INVALID', 'errors.money.positive')
  assertPart(tax, gross)
  return [debit(received, gross), credit('membershipRevenue', subtract(gross, tax)), credit(taxAccount, tax)]
}

/**
 * A sale by card through a provider that is merchant of record: it owes us the gross less its fee, and the tax inside
 * is the provider's to pay, so it never touches our own VAT.
 */
export function cardSaleLegs(amount: TaxedAmount, providerFee: Money = zero(amount.gross.currency)): Leg[] {
  assertPart(providerFee, amount.gross)
  return balanced([
    ...sale('providerReceivable', 'providerTax', amount),
    debit('providerFees', providerFee),
    credit('providerReceivable', providerFee),
  ])
}

/** A sale whose cash is in an agent's hands until it is handed over. */
export function cashSaleLegs(amount: TaxedAmount): Leg[] {
  return balanced(sale('cashWithAgents', 'vatPayable', amount))
}

/** A sale in parts whose tax document is ours: revenue and VAT of the whole at once, the first part in the agent's hands, the rest owed by the customer. */
export function cashInstalmentSaleLegs(amount: TaxedAmount, first: Money): Leg[] {
  assertPart(first, amount.gross)
  return balanced([...sale('customerReceivable', 'vatPayable', amount), debit('cashWithAgents', first), credit('customerReceivable', first)])
}

/** A further part of such a sale, paid in cash: less is owed, more is in the agent's hands. */
export function cashInstalmentLegs(part: Money): Leg[] {
  return balanced([debit('cashWithAgents', part), credit('customerReceivable', part)])
}

/**
 * A sale paid into our bank account. `arrived`: what the movement that completes it has brought; what is missing of the price was kept from earlier ones, and what is over is kept for
 * the payer.
 */
export function bankTransferSaleLegs(amount: TaxedAmount, arrived: Money = amount.gross): Leg[] {
  const [, ...earned] = sale('bank', 'vatPayable', amount)
  return balanced([debit('bank', arrived), debit('paymentsHeld', subtract(amount.gross, arrived)), ...earned])
}

/** Money that came in and is kept for its payer: it pays for nothing yet. */
export function bankHeldLegs(amount: Money): Leg[] {
  return balanced([debit('bank', amount), credit('paymentsHeld', amount)])
}

/** Money that was kept goes back to its payer. */
export function bankReturnedLegs(amount: Money): Leg[] {
  return reversalLegs(bankHeldLegs(amount))
}

/** A full or part refund of a sale, out of where the money came from. */
export function refundLegs(method: 'card' | 'cash' | 'bank_transfer', amount: TaxedAmount): Leg[] {
  const from = { card: 'providerReceivable', cash: 'cashInBranch', bank_transfer: 'bank' } as const
  return balanced(sale(from[method], method === 'card' ? 'providerTax' : 'vatPayable', amount).map(mirror))
}

/**
 * Takes back what was booked for a cash payment, out of the hands that still have it or out of the branch. What was still owed of a sale in parts is owed no more once every
 * part of it is taken back so.
 */
export function cashGivenBackLegs(booked: readonly Leg[], from: 'collector' | 'branch'): Leg[] {
  return balanced(reversalLegs(booked).map((leg) => (leg.account === 'cashWithAgents' && from === 'branch' ? debit('cashInBranch', leg.amount) : leg)))
}

/** Part of a sale is credited and the money not given back yet: it is owed to the member. */
export function creditOwedLegs(amount: TaxedAmount): Leg[] {
  return balanced(sale('creditsOwed', 'vatPayable', amount).map(mirror))
}

const received: ReadonlySet<AccountName> = new Set(['cashWithAgents', 'cashInBranch', 'bank'])

/** Takes back what was booked for a payment, wherever its money is, and owes it to the member until the bank has paid it out. */
export function owedBackLegs(booked: readonly Leg[]): Leg[] {
  return balanced(mergedLegs(reversalLegs(booked).map((leg) => (received.has(leg.account) ? debit('creditsOwed', leg.amount) : leg))))
}

/** What was owed to a member is paid out by the bank. */
export function bankPaidOutLegs(amount: Money): Leg[] {
  return balanced([debit('creditsOwed', amount), credit('bank', amount)])
}

/** What was owed to a member is given in cash by a branch. */
export function creditPaidLegs(amount: Money): Leg[] {
  return balanced([debit('creditsOwed', amount), credit('cashInBranch', amount)])
}

/** A difference of a person, counted less said, is nobody's to make good any more: it leaves their name. */
export function cashWrittenOffLegs(difference: Money): Leg[] {
  return balanced([debit('cashShortage', difference), debit('cashWrittenOff', negate(difference))])
}

/** A chargeback takes the money back as a refund does, and the provider's fee for it comes on top. */
export function chargebackLegs(amount: TaxedAmount, providerFee: Money = zero(amount.gross.currency)): Leg[] {
  return balanced([
    ...sale('providerReceivable', 'providerTax', amount).map(mirror),
    debit('providerFees', providerFee),
    credit('providerReceivable', providerFee),
  ])
}

/** An agent hands cash to the branch, and all that was taken leaves their hands. What was counted below or above it stays in the books as a difference. */
export function cashHandedOverLegs(expected: Money, counted: Money = expected): Leg[] {
  if (isNegative(counted)) throw new DomainError('INVALID', 'errors.ledger.part')
  return balanced([
    debit('cashInBranch', counted),
    debit('cashShortage', subtract(expected, counted)),
    credit('cashWithAgents', expected),
  ])
}

/** The branch pays cash into the bank. */
export function cashBankedLegs(amount: Money): Leg[] {
  return balanced([debit('bank', amount), credit('cashInBranch', amount)])
}

/** The provider pays out: what it owes us arrives, and the tax it paid itself is cleared. */
export function providerPayoutLegs(payout: Money, tax: Money = zero(payout.currency)): Leg[] {
  return balanced([debit('bank', payout), debit('providerTax', tax), credit('providerReceivable', add(payout, tax))])
}

/** A commission becomes owed to the person who sold. */
export function commissionEarnedLegs(amount: Money): Leg[] {
  return balanced([debit('commissions', amount), credit('commissionsPayable', amount)])
}

/** An owed commission is paid out of the bank. */
export function commissionPaidLegs(amount: Money): Leg[] {
  return balanced([debit('commissionsPayable', amount), credit('bank', amount)])
}

function mirror({ account, code, amount }: Leg): Leg {
  return { account, code, amount: negate(amount) }
}

/** The entry that undoes another one: same accounts, opposite sides. */
export function reversalLegs(legs: readonly Leg[]): Leg[] {
  return balanced(legs.map(mirror))
}

/** The balance of an account over legs of one currency, on the account's normal side. */
export function balanceOf(account: AccountName, legs: readonly Leg[], currency: Money['currency']): Money {
  const own = legs.filter((leg) => leg.account === account && leg.amount.currency === currency)
  const total = sum(own.map(({ amount }) => amount), currency)
  return chartOfAccounts[account].normal === 'debit' ? total : money(-total.minor, currency)
}
