/**
 * What the columns alone do not say of a table: whose it is, what is personal in it, how long it is kept and why, and what
 * the runtime roles may do to it. Grants, audit triggers and `docs/data-ownership.md` are made from this.
 */
export type Grant = 'select' | 'insert' | 'update' | 'delete';

export interface TableFacts {
  /** `tenant`: has tenant_id and row level security. `global`: read before or outside any tenant; a reviewed exception. */
  scope: 'tenant' | 'global';
  branchScoped: boolean;
  /** Noun whose service is the only writer. */
  owner: string;
  /** Columns with personal data, as named in the database; masked in the audit log. */
  personal: readonly string[];
  /** Legal basis of holding the personal data. */
  basis: 'contract' | 'legal_obligation' | 'legitimate_interest' | 'consent' | 'none';
  /** How long, in words of the retention rule. */
  retention: 'membership' | 'tax' | 'claim' | 'session' | 'token' | 'mail' | 'audit' | 'operations' | 'permanent';
  /** Row changes are written to audit_logs by trigger. */
  audited: boolean;
  appGrants: readonly Grant[];
  platformGrants: readonly Grant[];
}

const write: readonly Grant[] = ['select', 'insert', 'update'];
const append: readonly Grant[] = ['select', 'insert'];
const all: readonly Grant[] = ['select', 'insert', 'update', 'delete'];
const read: readonly Grant[] = ['select'];
/** Rows that only the undo of an import may delete: see `only_imported_rows_go`. */
const undoable: readonly Grant[] = all;
const none: readonly Grant[] = [];

type Base = Pick<TableFacts, 'owner' | 'retention'> & Partial<TableFacts>;

const tenant = (facts: Base): TableFacts => ({
  scope: 'tenant', branchScoped: false, personal: [], basis: 'contract', audited: true, appGrants: write, platformGrants: none, ...facts,
});
const branch = (facts: Base): TableFacts => tenant({ branchScoped: true, platformGrants: read, ...facts });
const global = (facts: Base): TableFacts => ({
  scope: 'global', branchScoped: false, personal: [], basis: 'none', audited: false, appGrants: none, platformGrants: none, ...facts,
});

export const tableFacts: Record<string, TableFacts> = {
  tenants: global({ owner: 'tenants', retention: 'permanent', appGrants: read, platformGrants: write }),
  platform_users: global({ owner: 'platform', retention: 'permanent', personal: ['email', 'name', 'password_hash'], basis: 'contract', platformGrants: write }),
  platform_sessions: global({ owner: 'platform', retention: 'session', personal: ['user_agent'], basis: 'legitimate_interest', platformGrants: write }),
  platform_second_factors: global({ owner: 'auth', retention: 'session', personal: ['secret'], basis: 'legitimate_interest', platformGrants: all }),
  platform_recovery_codes: global({ owner: 'auth', retention: 'session', personal: ['code_hash'], basis: 'legitimate_interest', platformGrants: all }),
  platform_tokens: global({ owner: 'platform', retention: 'token', personal: ['token_hash'], basis: 'contract', platformGrants: all }),
  platform_audit_logs: global({ owner: 'platform', retention: 'audit', basis: 'legal_obligation', personal: ['platform_user_id', 'detail'], platformGrants: append }),
  tenant_creations: global({ owner: 'platform', retention: 'operations', basis: 'contract', personal: ['admin'], platformGrants: write }),
  rate_limits: global({ owner: 'auth', retention: 'operations', appGrants: all, platformGrants: all }),
  webhook_rejections: global({ owner: 'webhooks', retention: 'operations', appGrants: write, platformGrants: read }),

  tenant_settings: tenant({ owner: 'settings', retention: 'permanent', basis: 'none', platformGrants: write }),
  rule_simulations: tenant({ owner: 'simulation', retention: 'operations', basis: 'none', audited: false, appGrants: all }),
  rule_simulation_rows: tenant({ owner: 'simulation', retention: 'operations', audited: false, appGrants: all }),
  receipt_checks: tenant({ owner: 'receipts', retention: 'operations', basis: 'none', audited: false, appGrants: all }),
  receipt_differences: tenant({ owner: 'receipts', retention: 'operations', audited: false, appGrants: all }),
  feature_flags: tenant({ owner: 'flags', retention: 'permanent', basis: 'none', appGrants: all, platformGrants: read }),
  branches: tenant({ owner: 'branches', retention: 'permanent', basis: 'none', platformGrants: write }),
  number_series: tenant({ owner: 'numbering', retention: 'permanent', basis: 'none', audited: false }),
  idempotency_keys: tenant({ owner: 'idempotency', retention: 'operations', audited: false, appGrants: all }),
  audit_logs: tenant({ owner: 'audit', retention: 'audit', basis: 'legal_obligation', audited: false, appGrants: append, platformGrants: append, personal: ['actor_id', 'before', 'after'] }),
  audit_seals: tenant({ owner: 'audit', retention: 'audit', basis: 'legal_obligation', audited: false, appGrants: append }),
  audit_checks: tenant({ owner: 'audit', retention: 'audit', basis: 'legal_obligation', audited: false, appGrants: append }),
  platform_entries: tenant({ owner: 'platform', retention: 'audit', basis: 'legal_obligation', personal: ['platform_user_name'], appGrants: read, platformGrants: write }),

  user: branch({ owner: 'users', retention: 'membership', personal: ['email', 'sign_in_email', 'password_hash', 'first_name', 'last_name', 'name_tokens', 'surname_tokens', 'phone', 'personal_number', 'birth_date', 'address', 'city'], appGrants: undoable }),
  user_roles: tenant({ owner: 'users', retention: 'membership', basis: 'none', appGrants: all, platformGrants: append }),
  user_grants: tenant({ owner: 'users', retention: 'membership', basis: 'none', appGrants: all }),
  second_factors: tenant({ owner: 'auth', retention: 'membership', basis: 'legitimate_interest', personal: ['secret'], appGrants: all }),
  recovery_codes: tenant({ owner: 'auth', retention: 'membership', basis: 'legitimate_interest', personal: ['code_hash'], appGrants: all }),
  member_transfers: branch({ owner: 'transfers', retention: 'membership', personal: ['reason', 'decision_note'] }),
  sessions: tenant({ owner: 'auth', retention: 'session', personal: ['user_agent'], basis: 'legitimate_interest', audited: false, appGrants: all, platformGrants: read }),
  user_tokens: tenant({ owner: 'auth', retention: 'token', personal: ['token_hash', 'email'], audited: false, appGrants: all }),
  consents: tenant({ owner: 'privacy', retention: 'membership', basis: 'consent', appGrants: append }),
  notifications: tenant({ owner: 'notifications', retention: 'mail', personal: ['params'], audited: false }),
  mails: tenant({ owner: 'mails', retention: 'mail', personal: ['to_email', 'subject', 'html', 'text'], audited: false }),
  referral_codes: branch({ owner: 'leads', retention: 'membership' }),
  leads: branch({ owner: 'leads', retention: 'membership', basis: 'legitimate_interest', personal: ['first_name', 'last_name', 'phone', 'email', 'note'] }),

  memberships: branch({ owner: 'memberships', retention: 'tax', appGrants: undoable }),
  coupon_redemptions: branch({ owner: 'memberships', retention: 'tax' }),
  referral_rewards: branch({ owner: 'memberships', retention: 'membership' }),
  membership_pauses: branch({ owner: 'memberships', retention: 'membership' }),
  family_members: branch({ owner: 'memberships', retention: 'membership', personal: ['first_name', 'last_name', 'birth_date'], appGrants: all }),
  cards: branch({ owner: 'cards', retention: 'membership', personal: ['code'], appGrants: undoable }),
  policies: branch({ owner: 'policies', retention: 'membership', personal: ['policy_number'], appGrants: all }),
  claims: branch({ owner: 'claims', retention: 'claim', personal: ['counterparty', 'description', 'no_fee_reason'], appGrants: undoable }),
  claim_events: branch({ owner: 'claims', retention: 'claim', personal: ['note'] }),
  documents: branch({ owner: 'documents', retention: 'claim', personal: ['file_name', 'path', 'storage_key'] }),
  document_accesses: branch({ owner: 'documents', retention: 'audit', basis: 'legal_obligation', appGrants: append }),

  import_batches: tenant({ owner: 'imports', retention: 'operations', personal: ['file_name'] }),
  import_pieces: tenant({ owner: 'imports', retention: 'operations', personal: ['bytes'], audited: false, appGrants: all }),
  import_lines: tenant({ owner: 'imports', retention: 'operations', personal: ['cells', 'number', 'traits', 'before'], audited: false }),
  import_templates: tenant({ owner: 'imports', retention: 'permanent', basis: 'none', appGrants: all }),

  payment_accounts: tenant({ owner: 'payments', retention: 'permanent', basis: 'none', personal: ['credentials', 'webhook_secrets'], platformGrants: write }),
  payments: branch({ owner: 'payments', retention: 'tax', basis: 'legal_obligation', personal: ['provider_customer_id'], appGrants: undoable }),
  webhook_events: tenant({ owner: 'webhooks', retention: 'operations', personal: ['raw'], audited: false }),
  reconciliations: tenant({ owner: 'reconciliations', retention: 'operations', basis: 'none', audited: false, appGrants: all }),
  reconciliation_differences: tenant({ owner: 'reconciliations', retention: 'operations', basis: 'none', audited: false, appGrants: all }),
  bank_statements: tenant({ owner: 'bank', retention: 'tax', basis: 'legal_obligation', personal: ['file_name'], appGrants: append }),
  bank_lines: tenant({ owner: 'bank', retention: 'tax', basis: 'legal_obligation', personal: ['payer', 'payer_account', 'purpose', 'reference', 'line_key', 'note'] }),
  instalments: branch({ owner: 'instalments', retention: 'tax', basis: 'legal_obligation' }),
  refunds: branch({ owner: 'refunds', retention: 'tax', basis: 'legal_obligation', personal: ['note', 'payout_account'] }),
  refund_requests: branch({ owner: 'refunds', retention: 'tax', personal: ['note', 'answer'] }),
  cash_receipts: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation' }),
  cash_handovers: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  cash_counts: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', personal: ['note'], appGrants: append }),
  cash_deposits: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  cash_deposit_items: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  cash_write_offs: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', personal: ['reason'], appGrants: append }),
  commissions: branch({ owner: 'commissions', retention: 'tax', basis: 'legal_obligation' }),
  commission_payouts: branch({ owner: 'commissions', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  invoices: branch({ owner: 'invoices', retention: 'tax', basis: 'legal_obligation', personal: ['buyer'] }),
  invoice_lines: branch({ owner: 'invoices', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  clearance_accounts: tenant({ owner: 'clearances', retention: 'permanent', basis: 'none', personal: ['credentials'] }),
  invoice_clearances: branch({ owner: 'clearances', retention: 'tax', basis: 'legal_obligation' }),
  ledger_accounts: tenant({ owner: 'ledger', retention: 'tax', basis: 'none', appGrants: append, platformGrants: read }),
  ledger_transactions: branch({ owner: 'ledger', retention: 'tax', basis: 'legal_obligation', personal: ['effect_key'], appGrants: append }),
  ledger_entries: branch({ owner: 'ledger', retention: 'tax', basis: 'legal_obligation', appGrants: append, audited: false }),
  ledger_days: branch({ owner: 'ledger', retention: 'tax', basis: 'legal_obligation', audited: false, appGrants: read }),
  ledger_closings: tenant({ owner: 'ledger', retention: 'tax', basis: 'legal_obligation', personal: ['reason'] }),
};
