import * as rules from '@interdomestik/rules'
import { describe, expect, it } from 'vitest'
import { loadMessages } from '.'

const { admin, common, errors, notifications } = loadMessages('mk')
// what no role of a tenant holds is shown to nobody
const held = rules.permissions.filter((permission) => rules.tenantRoles.some((role) => rules.reachWith(role, permission) !== null))

function keysOf(tree: unknown, path = ''): string[] {
  if (typeof tree !== 'object' || tree === null) return [path]
  return Object.entries(tree).flatMap(([key, value]) => keysOf(value, path === '' ? key : `${path}.${key}`))
}

const words: readonly (readonly [string, readonly string[], object])[] = [
  ['roles', rules.roles, common.roles],
  ['languages', rules.locales, common.languages],
  ['membership statuses', rules.membershipStatuses, common.statuses.membership],
  ['claim statuses', rules.claimStatuses, common.statuses.claim],
  ['payment statuses', rules.paymentStatuses, common.statuses.payment],
  ['cash statuses', rules.cashStatuses, common.statuses.cash],
  ['invoice statuses', rules.invoiceStatuses, common.statuses.invoice],
  ['commission statuses', rules.commissionStatuses, common.statuses.commission],
  ['lead statuses', rules.leadStatuses, common.statuses.lead],
  ['document statuses', rules.documentStatuses, common.statuses.document],
  ['tenant statuses', rules.tenantStatuses, common.statuses.tenant],
  ['transfer statuses', rules.transferStatuses, common.statuses.transfer],
  ['rule statuses', rules.ruleStatuses, common.statuses.rule],
  ['claim categories', [...rules.claimCategories, ...rules.excludedCategories], common.claimCategories],
  ['reject reasons', rules.rejectReasons, common.rejectReasons],
  ['document kinds', rules.documentKinds, common.documentKinds],
  ['policy kinds', rules.policyKinds, common.policyKinds],
  ['family relations', rules.familyRelations, common.familyRelations],
  ['lead sources', rules.leadSources, common.leadSources],
  ['sale channels', rules.saleChannels, common.channels],
  ['payment methods', rules.paymentMethods, common.paymentMethods],
  ['commission kinds', rules.commissionKinds, common.commissionKinds],
  ['posting kinds', rules.postingKinds, common.postingKinds],
  ['ledger accounts', rules.accountNames, common.ledger.accounts],
  ['rule kinds', rules.ruleKinds, common.ruleKinds],
  ['gates', rules.gates, errors.transition.gate],
]

it('permissions have words', () => {
  const said = new Set(keysOf(admin.staff.permissions))
  expect(held.filter((permission) => !said.has(permission))).toEqual([])
})

describe('words for what the rules name', () => {
  it.each(words)('%s', (_name, values, said) => {
    expect(values.filter((value) => !Object.hasOwn(said, value))).toEqual([])
  })

  it('every notification event has a title and a text', () => {
    const said = keysOf(notifications)
    const missing = rules.notificationEvents.flatMap((event) => [`${event}.title`, `${event}.body`]).filter((key) => !said.includes(key))
    expect(missing).toEqual([])
  })
})
