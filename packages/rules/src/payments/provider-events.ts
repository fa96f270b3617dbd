/** Where an event of a provider is on its way through the inbox. */
export const webhookStatuses = ['received', 'processing', 'done', 'failed', 'dead', 'parked'] as const
export type WebhookStatus = (typeof webhookStatuses)[number]

/** From here a person may put an event back to work. */
export const replayableStatuses = ['failed', 'dead', 'parked'] as const satisfies readonly WebhookStatus[]

export function isReplayable(status: WebhookStatus): boolean {
  return replayableStatuses.some((one) => one === status)
}

/** What an event is about: the first word of the provider's name for it, as far as we know it; `interdomestik` is one that we sent ourselves to try the way. */
export const eventTopics = ['transaction', 'adjustment', 'subscription', 'customer', 'interdomestik'] as const
export type EventTopic = (typeof eventTopics)[number]

/** Why an event was put aside, or why it was read and nothing followed from it. Stored as `webhook.<reason>`; each has words in every language. */
export const eventReasons = [
  'amount', 'foreignTenant', 'foreignReference', 'paidTwice', 'instalmentCanceled', 'upgradeGone', 'unknownTransaction', 'notPaidYet',
  'unused', 'subscription', 'notApproved', 'noMoney', 'known', 'superseded', 'test',
] as const
export type EventReason = (typeof eventReasons)[number]

/** Names whose values say nothing of a person; of a provider's message everything else stays hidden from whoever may not see people. */
const harmless = new Set([
  'event_id', 'event_type', 'occurred_at', 'notification_id', 'id', 'status', 'action', 'type', 'origin', 'collection_mode', 'currency_code', 'tax_mode', 'tax_rate', 'tax_rate_used', 'quantity', 'amount', 'subtotal', 'discount',
  'tax', 'total', 'grand_total', 'grand_total_tax', 'fee', 'earnings', 'credit', 'credit_to_balance', 'balance', 'exchange_rate', 'retained_fee', 'error_code', 'interval', 'frequency', 'minimum', 'maximum', 'invoice_number', 'reference', 'api_version',
])
const harmlessEnds = /_(?:id|ids|at|code)$/u

export const hiddenValue = '***'

/** `zip_code` and its like end as harmless names do. */
const personalNames = /(?:zip|postal|country|region|tax|vat|personal|user|access)_?(?:id|code|number)|email|name/u

function shows(name: string): boolean {
  return !personalNames.test(name) && (harmless.has(name) || harmlessEnds.test(name))
}

/**
 * A provider's message without what it says of people: only values under names that are known to be harmless stay, so that a field which the provider
 * adds tomorrow is hidden until somebody has looked at it. The shape stays, so that a reader sees what is there.
 */
export function withoutPeople(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutPeople(one, name))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutPeople(one, key)]))
  if (value === null || typeof value === 'boolean') return value
  return shows(name) ? value : hiddenValue
}
