import type { TenantRole } from './roles'

type Row = {
  /** Roles that hold it by default. */
  readonly roles: readonly TenantRole[]
  /** Anyone, signed in or not. */
  readonly visitor?: true
  /** About the person alone, however far the role sees. */
  readonly self?: true
  /** May be granted to one named person beyond the role: in a branch or everywhere, or only for the whole tenant where nothing of it lies in a branch. */
  readonly grantable?: 'branch' | 'tenant'
  /** What a grant of it brings along, because it would be useless without. */
  readonly includes?: readonly string[]
  /** Every procedure of it asks for a proof of the last ten minutes: who sits down at somebody else's open screen gets nothing of it. */
  readonly fresh?: true
  /** What it allows, for the generated documentation. */
  readonly text: string
}

function row(roles: readonly TenantRole[], text: string, more: Pick<Row, 'visitor' | 'self' | 'grantable' | 'includes' | 'fresh'> = {}): Row {
  return { roles, text, ...more }
}

const admin = ['tenant_admin'] as const
const managers = ['tenant_admin', 'branch_manager'] as const
const sellers = ['tenant_admin', 'branch_manager', 'agent'] as const
const field = ['tenant_admin', 'branch_manager', 'agent', 'promoter'] as const
const everyone = ['tenant_admin', 'branch_manager', 'agent', 'promoter', 'member'] as const
const withMember = ['tenant_admin', 'branch_manager', 'member'] as const

function inBranch(...includes: readonly string[]): Pick<Row, 'grantable' | 'includes'> {
  return { grantable: 'branch', includes }
}

function inTenant(...includes: readonly string[]): Pick<Row, 'grantable' | 'includes'> {
  return { grantable: 'tenant', includes }
}

/** Who may do what. The only place; the row's reach comes from the role (`roleReach`). */
export const permissionTable = {
  'public.read': row(everyone, 'Read what the public site shows: plans, prices, legal texts, the check of a card.', { visitor: true }),
  'public.join': row(everyone, 'Join as a new member, ask for a password reset, accept an invitation.', { visitor: true }),
  'self.read': row(everyone, 'Read the own profile, sessions, notifications and preferences.', { self: true }),
  'self.write': row(everyone, 'Change the own profile, password and preferences, end own sessions.', { self: true }),
  'members.read': row(sellers, 'Read members in reach. Promoters never see personal data of members.'),
  'members.enrol': row(sellers, 'Enrol a new member in the field.'),
  'members.write': row(managers, 'Correct the data of members in reach.', inBranch('members.read')),
  'transfers.read': row(sellers, 'Read transfers of members that concern the own branch; agents those of their members.'),
  'transfers.request': row(sellers, 'Ask for a member in reach to be moved to another branch or agent.'),
  'transfers.decide': row(managers, 'Approve or reject transfers of members into the own branch.'),
  'memberships.read': row(['tenant_admin', 'branch_manager', 'agent', 'member'], 'Read memberships in reach; a member the own.'),
  'memberships.write': row(managers, 'Pause, resume and cancel memberships in reach.', inBranch('memberships.read', 'members.read')),
  'memberships.cancel': row(withMember, 'Cancel a membership at its period end and take that back; a member the own.'),
  'memberships.pause': row(withMember, 'Pause a membership and take it up again, within the tenant’s rule; a member the own.', inBranch('memberships.read', 'members.read')),
  'memberships.renew': row(['member'], 'Buy the next period of the own membership.'),
  'family.write': row(withMember, 'Add, change and remove family members of a membership; a member the own.'),
  'policies.read': row(withMember, 'Read policy documents in reach; a member the own.'),
  'policies.write': row(withMember, 'Add and change policies in reach; a member the own.'),
  'claims.read': row(withMember, 'Read claims in full; a member the own.', inBranch('claims.stage')),
  'claims.stage': row(sellers, 'See the stage of claims in reach, without their content.'),
  'claims.submit': row(withMember, 'Draft and submit a claim; a member the own.'),
  'claims.handle': row(managers, 'Triage, assign and decide claims in reach.', inBranch('claims.read', 'claims.stage', 'documents.read')),
  'documents.read': row(withMember, 'Read documents in reach; a member the own.', inBranch()),
  'documents.write': row(withMember, 'Upload documents; a member to the own claims and profile.', inBranch('documents.read')),
  'payments.read': row(['tenant_admin', 'branch_manager', 'agent', 'member'], 'Read payments in reach; a member the own.'),
  'payments.refund': row(admin, 'Refund a payment.', inBranch('payments.read')),
  'refunds.ask': row(['member'], 'Ask for the fee of the own membership back, inside the window.'),
  'cash.collect': row(sellers, 'Take cash for a sale.'),
  'cash.verify': row(managers, 'Confirm cash handed over by agents, record it as banked.', inBranch('cash.collect')),
  'cash.writeOff': row(admin, 'Write off a difference between the cash that was said and that was counted, with a reason.', { ...inBranch('cash.collect'), fresh: true }),
  'bank.reconcile': row(admin, 'Read bank statements in and say what their lines are, take transfers as paid, record what was given back by bank.', inTenant('payments.read')),
  'invoices.read': row(['tenant_admin', 'branch_manager', 'agent', 'member'], 'Read and download invoices in reach; a member the own.'),
  'invoices.issue': row(managers, 'Issue invoices and credit notes of the tenant.', inBranch('invoices.read', 'payments.read')),
  'leads.read': row(field, 'Read leads in reach.'),
  'leads.write': row(field, 'Create and move leads in reach.'),
  'referrals.read': row(everyone, 'Read the own referral code and what came of it.', { self: true }),
  'commissions.read': row(field, 'Read commissions in reach; agents and promoters the own.'),
  'commissions.approve': row(admin, 'Approve commissions and record their payout.', { ...inBranch('commissions.read'), fresh: true }),
  'dashboard.read': row(field, 'See the figures of the own reach.'),
  'staff.read': row(managers, 'Read staff in reach.'),
  'staff.invite': row(managers, 'Invite staff up to the own role, end their access.'),
  'roles.grant': row(managers, 'Grant and withdraw roles and permissions, never above the own.'),
  'branches.read': row(managers, 'Read branches in reach.'),
  'branches.write': row(admin, 'Open, change and close branches.'),
  'settings.read': row(admin, 'Read rule documents and payment accounts of the tenant.', inTenant()),
  'settings.write': row(admin, 'Draft and publish rule documents, change payment accounts.', { fresh: true }),
  'reports.read': row(managers, 'Read revenue, claims and sales reports in reach.', inBranch()),
  'audit.read': row(admin, 'Read the audit trail of the tenant.', inTenant()),
  'privacy.decide': row(admin, 'Decide on wishes of members to be erased.'),
  'notifications.read': row(everyone, 'Read the own notifications and mark them read.', { self: true }),
  'ledger.read': row(admin, 'Read ledger accounts and transactions.', inTenant()),
  'ledger.close': row(admin, 'Close a month of the ledger, and open it again with a reason.', { fresh: true }),
  'mailbox.read': row(admin, 'Read the development mailbox, which exists only where no mail server is set.'),
  'webhooks.read': row(admin, 'Read what payment providers reported and what became of it; what is said of people only together with members.read.', inTenant()),
  'webhooks.replay': row(admin, 'Put an event of a payment provider back to work.'),
  'imports.run': row(admin, 'Import members and history from files, undo a batch.', inTenant('members.read')),
  'exports.run': row(managers, 'Export lists and reports in reach.', { ...inBranch(), fresh: true }),
  'platform.tenants.read': row([], 'List tenants and their cross-tenant figures. Super admins only.'),
  'platform.tenants.write': row([], 'Create and suspend tenants. Super admins only.'),
  'platform.enter': row([], 'Enter one tenant with a written reason. Super admins only.'),
  'platform.people': row([], 'Invite and disable super admins, read what they did, keep the own account. Super admins only.'),
  'system.run': row([], 'What jobs and provider events do on nobody’s behalf. No person holds it.'),
} as const satisfies Readonly<Record<string, Row>>

export type Permission = keyof typeof permissionTable
export type PermissionRow = Row
