import { conflict, invalid } from '../errors'
import { addMonths, parseDateOnly } from '../periods'
import type { DateOnly } from '../periods'

/** First day of the month that a day is in. */
export function monthOf(day: DateOnly): DateOnly {
  return parseDateOnly(`${day.slice(0, 8)}01`)
}

/**
 * A month may be closed once it is over, and closes all before it with it; months close in order. Throws INVALID for a day that begins no month and for a month that is not over,
 * CONFLICT for one that is closed.
 */
export function assertClosable(month: DateOnly, closedTo: DateOnly | null, today: DateOnly): void {
  if (monthOf(month) !== month) throw invalid('month', 'errors.date')
  if (addMonths(month, 1) > today) throw invalid('month', 'errors.ledger.notOver')
  if (closedTo !== null && month <= closedTo) throw conflict('errors.ledger.closed')
}
