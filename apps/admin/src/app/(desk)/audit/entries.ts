import type { Outputs } from '@/trpc/outputs';

export type AuditEntry = Outputs['audit']['list']['items'][number];

/** What is written into the trail, as the database calls it. */
export const entities = [
  'tenants', 'tenant_settings', 'branches', 'platform_entries', 'user', 'user_roles', 'user_grants', 'second_factors', 'recovery_codes', 'member_transfers', 'consents', 'referral_codes',
  'leads', 'memberships', 'family_members', 'cards', 'policies', 'claims', 'claim_events', 'documents', 'payment_accounts', 'payments', 'cash_receipts', 'invoices', 'invoice_lines',
  'ledger_accounts', 'ledger_transactions', 'feature_flags', 'coupon_redemptions', 'referral_rewards', 'instalments', 'webhook_events', 'cash_handovers', 'cash_counts', 'cash_deposits',
  'cash_deposit_items', 'commissions', 'commission_payouts', 'import_batches', 'import_templates', 'reports', 'lists', 'ledger_closings', 'refunds', 'refund_requests', 'cash_write_offs',
  'membership_pauses', 'bank_statements', 'bank_lines', 'clearance_accounts', 'invoice_clearances', 'document_accesses',
] as const;

const noise = new Set(['updated_at', 'created_at', 'tenant_id', 'id']);

/** Names of the fields that differ, without those that every change touches. */
export function changedFields({ before, after }: Pick<AuditEntry, 'before' | 'after'>): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.filter((name) => !noise.has(name) && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
}

/** Where the words of a stored code stand in the messages: by the field, and where it means something else elsewhere by the record. */
const wordsOf: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {
  role: 'roles', permission: 'admin.staff.permissions', source: 'leadSources', channel: 'channels', method: 'paymentMethods', locale: 'languages', category: 'claimCategories',
  reject_reason: 'rejectReasons', relation: 'familyRelations', from_status: 'statuses.claim', to_status: 'statuses.claim',
  kind: { tenant_settings: 'ruleKinds', policies: 'policyKinds', documents: 'documentKinds', ledger_transactions: 'postingKinds' },
  status: {
    tenants: 'statuses.tenant', tenant_settings: 'statuses.rule', user: 'statuses.user', member_transfers: 'statuses.transfer', leads: 'statuses.lead', memberships: 'statuses.membership', claims: 'statuses.claim',
    documents: 'statuses.document', payments: 'statuses.payment', cash_receipts: 'statuses.cash', invoices: 'statuses.invoice',
  },
};

/** The area of messages that says a stored code of that field; undefined when the field holds no codes. */
export function areaOfCode(entity: string, field: string): string | undefined {
  const area = wordsOf[field];
  return typeof area === 'object' ? area[entity] : area;
}
