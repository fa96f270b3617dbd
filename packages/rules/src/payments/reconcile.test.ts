import { describe, expect, it } from 'vitest'
import { compareTransaction, type OwnPayment, type ToldTransaction } from '.'
import { money } from '../money'

const told: ToldTransaction = { id: 'txn_1', status: 'completed', currency: 'EUR', total: 2000n, tax: 305n }
const paid: OwnPayment = { status: 'succeeded', isPaid: true, amount: money(2000n, 'EUR'), tax: 305n, providerTransactionId: 'txn_1' }
const open: OwnPayment = { ...paid, status: 'pending', isPaid: false, tax: null }

describe('a transaction of the provider beside our payment', () => {
  it.each([
    ['paid and booked alike', told, paid, { kind: 'same' }],
    ['refunded since', told, { ...paid, status: 'refunded' }, { kind: 'same' }],
    ['paid and not known to be', told, open, { kind: 'missed' }],
    ['paid after it had failed here', told, { ...open, status: 'failed' }, { kind: 'missed' }],
    ['paid with another transaction than the one we opened last', told, { ...open, providerTransactionId: 'txn_2' }, { kind: 'missed' }],
    ['another amount, paid', { ...told, total: 1999n }, paid, { kind: 'differs', as: 'amount' }],
    ['another amount, not paid here', { ...told, total: 1999n }, open, { kind: 'differs', as: 'amount' }],
    ['another currency', { ...told, currency: 'USD' }, paid, { kind: 'differs', as: 'amount' }],
    ['no amount', { ...told, total: null }, paid, { kind: 'differs', as: 'amount' }],
    ['another tax', { ...told, tax: 300n }, paid, { kind: 'differs', as: 'tax' }],
    ['nobody’s', told, null, { kind: 'differs', as: 'unknown' }],
    ['a second payment of the same sale', told, { ...paid, providerTransactionId: 'txn_2' }, { kind: 'differs', as: 'twice' }],
    ['given up while we wait', { ...told, status: 'canceled' }, open, { kind: 'missed' }],
    ['given up and known to be', { ...told, status: 'canceled' }, { ...open, status: 'failed' }, { kind: 'same' }],
    ['given up for another one', { ...told, status: 'canceled' }, { ...open, providerTransactionId: 'txn_2' }, { kind: 'same' }],
    ['given up, nobody’s', { ...told, status: 'canceled' }, null, { kind: 'same' }],
    ['still open', { ...told, status: 'ready' }, null, { kind: 'same' }],
  ] as const)('%s', (_, transaction, own, expected) => {
    expect(compareTransaction(transaction, own)).toEqual(expected)
  })
})
