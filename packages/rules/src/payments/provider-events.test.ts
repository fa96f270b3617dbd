import { describe, expect, it } from 'vitest'
import { hiddenValue, isReplayable, webhookStatuses, withoutPeople } from '.'

describe('a provider’s message without people', () => {
  const message = {
    event_id: 'evt_1', event_type: 'transaction.completed', occurred_at: '2026-11-30T10:00:00Z',
    data: {
      id: 'txn_1', status: 'completed', customer_id: 'ctm_1', currency_code: 'EUR', custom_data: { reference: 'payment-1', note: 'for Ana' },
      customer: { id: 'ctm_1', name: 'Ana Krasniqi', email: 'ana@example.com', locale: 'sq' },
      address: { id: 'add_1', first_line: 'Rr. e Re 1', city: 'Prizren', postal_code: '20000', zip_code: '20000', country_code: 'XK' },
      payments: [{ amount: '2000', status: 'captured', method_details: { card: { last4: '4242', cardholder_name: 'ANA KRASNIQI', expiry_year: 2030 } } }],
      details: { totals: { subtotal: '1695', tax: '305', grand_total: '2000' } }, billing_details: null, tomorrow: 'a new field', is_live: true,
    },
  }

  it('keeps ids, states, times and amounts, and the shape', () => {
    expect(withoutPeople(message)).toEqual({
      event_id: 'evt_1', event_type: 'transaction.completed', occurred_at: '2026-11-30T10:00:00Z',
      data: {
        id: 'txn_1', status: 'completed', customer_id: 'ctm_1', currency_code: 'EUR', custom_data: { reference: 'payment-1', note: hiddenValue },
        customer: { id: 'ctm_1', name: hiddenValue, email: hiddenValue, locale: hiddenValue },
        address: { id: 'add_1', first_line: hiddenValue, city: hiddenValue, postal_code: hiddenValue, zip_code: hiddenValue, country_code: hiddenValue },
        payments: [{ amount: '2000', status: 'captured', method_details: { card: { last4: hiddenValue, cardholder_name: hiddenValue, expiry_year: hiddenValue } } }],
        details: { totals: { subtotal: '1695', tax: '305', grand_total: '2000' } }, billing_details: null, tomorrow: hiddenValue, is_live: true,
      },
    })
  })

  it('hides whatever stands alone or in a list of texts', () => {
    expect(withoutPeople('Ana Krasniqi')).toBe(hiddenValue)
    expect(withoutPeople({ names: ['Ana', 'Beni'], customer_ids: ['ctm_1'] })).toEqual({ names: [hiddenValue, hiddenValue], customer_ids: ['ctm_1'] })
  })
})

it('only what has stopped may be put back to work', () => {
  expect(webhookStatuses.filter(isReplayable)).toEqual(['failed', 'dead', 'parked'])
})
