import { describe, expect, it } from 'vitest'
import { branchInput } from '../branches'
import { fieldIssues } from '../errors'
import { policyInput } from '../policies'
import { enterTenantInput } from '../tenants'
import { acceptInviteInput, inviteStaffInput } from '.'
import type { z } from 'zod'

const first = (schema: z.ZodType, input: unknown) => {
  const result = schema.safeParse(input)
  const issue = result.error === undefined ? undefined : fieldIssues(result.error)[0]
  return issue === undefined ? null : `${issue.field} ${issue.key}`
}
const branchId = '0190a5b0-1111-7222-8333-444455556666'
const invite = { email: 'a@example.com', firstName: 'A', lastName: 'B' }
const policy = { kind: 'property', insurer: 'Siguria', policyNumber: 'X1', startsOn: '1.1.2026', endsOn: '31.12.2026' }

describe('staff, branch, tenant and policy inputs', () => {
  it.each([
    [inviteStaffInput, { ...invite, role: 'agent', branchId }, null],
    [inviteStaffInput, { ...invite, role: 'agent' }, 'branchId errors.required'],
    [inviteStaffInput, { ...invite, role: 'tenant_admin' }, null],
    [inviteStaffInput, { ...invite, role: 'tenant_admin', branchId }, 'branchId errors.staff.noBranch'],
    [inviteStaffInput, { ...invite, role: 'super_admin' }, 'role errors.choice'],
    [inviteStaffInput, { ...invite, role: 'member' }, 'role errors.choice'],
    [acceptInviteInput, { token: 'short', password: 'blue tram on ice' }, 'token errors.link'],
    [branchInput, { code: 'Skopje', name: 'Скопје', city: 'Скопје' }, null],
    [branchInput, { code: '../x', name: 'Скопје', city: 'Скопје' }, 'code errors.code'],
    [enterTenantInput, { tenantId: 'some_tenant', reason: 'Support case 12' }, null],
    [enterTenantInput, { tenantId: 'some_tenant', reason: '   too    ' }, 'reason errors.tooShort'],
    [enterTenantInput, { tenantId: "x' or 1=1", reason: 'Support case 12' }, 'tenantId errors.choice'],
    [policyInput, policy, null],
    [policyInput, { ...policy, endsOn: '31.12.2025' }, 'endsOn errors.period.order'],
  ])('%#', (schema, input, expected) => {
    expect(first(schema, input)).toBe(expected)
  })
})
