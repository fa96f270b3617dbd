import type { Money } from '../money'
import type { PaymentStatus } from './payments'

export const reconciliationStatuses = ['queued', 'running', 'done', 'failed'] as const
export type ReconciliationStatus = (typeof reconciliationStatuses)[number]

/**
 * What no event can mend: another amount or tax than ours, a payment that we do not know, a sale that was paid by another transaction too, and what was
 * put into the inbox and could not be applied.
 */
export const differenceKinds = ['amount', 'tax', 'unknown', 'twice', 'stuck'] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** A transaction as the provider lists it, as far as money is concerned. */
export type ToldTransaction = {
  readonly id: string
  readonly status: string
  readonly currency: string | null
  /** Minor units that the payer paid, and the tax in them; null where the provider has not worked them out. */
  readonly total: bigint | null
  readonly tax: bigint | null
}

/** Our own payment that it is about. */
export type OwnPayment = {
  readonly status: PaymentStatus
  readonly isPaid: boolean
  readonly amount: Money
  readonly tax: bigint | null
  readonly providerTransactionId: string | null
}

export type Comparison = { readonly kind: 'same' } | { readonly kind: 'missed' } | { readonly kind: 'differs'; readonly as: DifferenceKind }

const same: Comparison = { kind: 'same' }
const differs = (as: DifferenceKind): Comparison => ({ kind: 'differs', as })

/**
 * Compares a transaction of the provider with our payment. `missed`: an event would bring us to where the provider is. Only what was paid, and a sale
 * that was given up while we still wait for it, can differ: whatever else a provider lists has moved no money.
 */
export function compareTransaction(told: ToldTransaction, own: OwnPayment | null): Comparison {
  if (told.status === 'canceled') return own !== null && !own.isPaid && own.status === 'pending' && own.providerTransactionId === told.id ? { kind: 'missed' } : same
  if (told.status !== 'completed') return same
  if (own === null) return differs('unknown')
  if (told.currency !== own.amount.currency || told.total !== own.amount.minor) return differs('amount')
  if (!own.isPaid) return { kind: 'missed' }
  if (own.providerTransactionId !== told.id) return differs('twice')
  return told.tax === own.tax ? same : differs('tax')
}

/** The nightly comparison reaches back so far; a provider gives up telling us after days, and a dispute comes after weeks. */
export const reconciledDays = 35
/** What the provider changed more recently is left alone: its message may still be on its way. */
export const settlingMinutes = 10
