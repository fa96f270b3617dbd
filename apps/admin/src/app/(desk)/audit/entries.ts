import type { Outputs } from '@/trpc/outputs';

export type AuditEntry = Outputs['audit']['list']['items'][number];

/** What is written into the trail, as the database calls it. */
export const entities = [
  'tenants', 'tenant_settings', 'branches', 'platform_entries', 'user', 'user_roles', 'user_grants', 'second_factors', 'recovery_codes', 'member_transfers', 'consents', 'referral_codes', 'leads', 'memberships', 'family_members', 'cards', 'policies', 'claims', 'claim_events',
  'documents', 'payment_accounts', 'payments', 'cash_receipts', 'invoices', 'invoice_lines', 'ledger_accounts', 'ledger_transactions',
] as const;

const noise = new Set(['updated_at', 'created_at', 'tenant_id', 'id']);

/** Names of the fields that differ, without those that every change touches. */
export function changedFields({ before, after }: AuditEntry): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.filter((name) => !noise.has(name) && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
}

/** A recorded value as text; a dash for none. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}
