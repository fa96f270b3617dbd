import { DomainError } from '../errors'
import { ageOn } from '../periods'
import type { DateOnly } from '../periods'
import type { EnrolmentRule } from '../rule-sets'

/**
 * Refuses a birth date in the future or a person younger than the enrolment rule asks. Without a birth date nothing is
 * refused: not every personal number carries one.
 */
export function assertOldEnough(rule: EnrolmentRule, birthDate: DateOnly | undefined, today: DateOnly): void {
  if (birthDate === undefined) return
  if (birthDate > today) throw new DomainError('INVALID', 'errors.birthDate.future', { field: 'birthDate' })
  if (ageOn(birthDate, today) < rule.minimumAge) {
    throw new DomainError('INVALID', 'errors.birthDate.tooYoung', { field: 'birthDate', params: { minimum: rule.minimumAge } })
  }
}
