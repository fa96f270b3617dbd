import { columnTags, maskedClasses, type Basis, type ColumnTag, type Retention, type Subject } from './column-tags';

/**
 * What the columns alone do not say of a table: whose it is, what is personal in it (`column-tags.ts`), how long it is kept and why, and what
 * the runtime roles may do to it. Grants, audit triggers and `docs/data-ownership.md` are made from this.
 */
export type Grant = 'select' | 'insert' | 'update' | 'delete';

export interface TableFacts {
  /** `tenant`: has tenant_id and row level security. `global`: read before or outside any tenant; a reviewed exception. */
  scope: 'tenant' | 'global';
  branchScoped: boolean;
  /** Noun whose service is the only writer. */
  owner: string;
  /** Columns with personal data, as named in the database; masked in the audit log. From the tags of the columns. */
  personal: readonly string[];
  /** Legal basis of holding the personal data. */
  basis: Basis;
  /** How long, in words of the retention rule. */
  retention: Retention;
  /** Every column: what it says of a person, on which legal basis, how long. */
  columns: Readonly<Record<string, ColumnTag>>;
  /** How the rows about one person are found. */
  subject: Subject;
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

type Said = Omit<TableFacts, 'columns' | 'subject' | 'personal'>;
type Base = Pick<Said, 'owner' | 'retention'> & Partial<Said>;

const tenant = (facts: Base): Said => ({
  scope: 'tenant', branchScoped: false, basis: 'contract', audited: true, appGrants: write, platformGrants: none, ...facts,
});
const branch = (facts: Base): Said => tenant({ branchScoped: true, platformGrants: read, ...facts });
const global = (facts: Base): Said => ({
  scope: 'global', branchScoped: false, basis: 'none', audited: false, appGrants: none, platformGrants: none, ...facts,
});

const said: Record<string, Said> = {
  tenants: global({ owner: 'tenants', retention: 'permanent', appGrants: read, platformGrants: write }),
  platform_users: global({ owner: 'platform', retention: 'permanent', basis: 'contract', platformGrants: write }),
  platform_sessions: global({ owner: 'platform', retention: 'session', basis: 'legitimate_interest', platformGrants: write }),
  platform_second_factors: global({ owner: 'auth', retention: 'session', basis: 'legitimate_interest', platformGrants: all }),
  platform_recovery_codes: global({ owner: 'auth', retention: 'session', basis: 'legitimate_interest', platformGrants: all }),
  platform_tokens: global({ owner: 'platform', retention: 'token', basis: 'contract', platformGrants: all }),
  platform_audit_logs: global({ owner: 'platform', retention: 'audit', basis: 'legal_obligation', platformGrants: append }),
  tenant_creations: global({ owner: 'platform', retention: 'operations', basis: 'contract', platformGrants: write }),
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
  audit_logs: tenant({ owner: 'audit', retention: 'audit', basis: 'legal_obligation', audited: false, appGrants: append, platformGrants: append }),
  audit_seals: tenant({ owner: 'audit', retention: 'audit', basis: 'legal_obligation', audited: false, appGrants: append }),
  audit_checks: tenant({ owner: 'audit', retention: 'audit', basis: 'legal_obligation', audited: false, appGrants: append }),
  platform_entries: tenant({ owner: 'platform', retention: 'audit', basis: 'legal_obligation', appGrants: read, platformGrants: write }),

  user: branch({ owner: 'users', retention: 'membership', appGrants: undoable }),
  user_roles: tenant({ owner: 'users', retention: 'membership', basis: 'none', appGrants: all, platformGrants: append }),
  user_grants: tenant({ owner: 'users', retention: 'membership', basis: 'none', appGrants: all }),
  second_factors: tenant({ owner: 'auth', retention: 'membership', basis: 'legitimate_interest', appGrants: all }),
  recovery_codes: tenant({ owner: 'auth', retention: 'membership', basis: 'legitimate_interest', appGrants: all }),
  member_transfers: branch({ owner: 'transfers', retention: 'membership' }),
  sessions: tenant({ owner: 'auth', retention: 'session', basis: 'legitimate_interest', audited: false, appGrants: all, platformGrants: read }),
  user_tokens: tenant({ owner: 'auth', retention: 'token', audited: false, appGrants: all }),
  erasure_requests: branch({ owner: 'erasures', retention: 'audit', basis: 'legal_obligation' }),
  consents: tenant({ owner: 'privacy', retention: 'membership', basis: 'consent', appGrants: append }),
  notifications: tenant({ owner: 'notifications', retention: 'mail', audited: false, appGrants: all }),
  mails: tenant({ owner: 'mails', retention: 'mail', audited: false, appGrants: all }),
  referral_codes: branch({ owner: 'leads', retention: 'membership' }),
  leads: branch({ owner: 'leads', retention: 'membership', basis: 'legitimate_interest' }),

  memberships: branch({ owner: 'memberships', retention: 'tax', appGrants: undoable }),
  coupon_redemptions: branch({ owner: 'memberships', retention: 'tax' }),
  referral_rewards: branch({ owner: 'memberships', retention: 'membership' }),
  membership_pauses: branch({ owner: 'memberships', retention: 'membership' }),
  family_members: branch({ owner: 'memberships', retention: 'membership', appGrants: all }),
  cards: branch({ owner: 'cards', retention: 'membership', appGrants: undoable }),
  policies: branch({ owner: 'policies', retention: 'membership', appGrants: all }),
  claims: branch({ owner: 'claims', retention: 'claim', appGrants: undoable }),
  claim_events: branch({ owner: 'claims', retention: 'claim' }),
  documents: branch({ owner: 'documents', retention: 'claim' }),
  document_accesses: branch({ owner: 'documents', retention: 'audit', basis: 'legal_obligation', appGrants: append }),

  import_batches: tenant({ owner: 'imports', retention: 'operations' }),
  import_pieces: tenant({ owner: 'imports', retention: 'operations', audited: false, appGrants: all }),
  import_lines: tenant({ owner: 'imports', retention: 'operations', audited: false }),
  import_templates: tenant({ owner: 'imports', retention: 'permanent', appGrants: all }),

  payment_accounts: tenant({ owner: 'payments', retention: 'permanent', basis: 'none', platformGrants: write }),
  payments: branch({ owner: 'payments', retention: 'tax', basis: 'legal_obligation', appGrants: undoable }),
  webhook_events: tenant({ owner: 'webhooks', retention: 'operations', audited: false }),
  reconciliations: tenant({ owner: 'reconciliations', retention: 'operations', basis: 'none', audited: false, appGrants: all }),
  reconciliation_differences: tenant({ owner: 'reconciliations', retention: 'operations', basis: 'none', audited: false, appGrants: all }),
  bank_statements: tenant({ owner: 'bank', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  bank_lines: tenant({ owner: 'bank', retention: 'tax', basis: 'legal_obligation' }),
  instalments: branch({ owner: 'instalments', retention: 'tax', basis: 'legal_obligation' }),
  refunds: branch({ owner: 'refunds', retention: 'tax', basis: 'legal_obligation' }),
  refund_requests: branch({ owner: 'refunds', retention: 'tax' }),
  cash_receipts: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation' }),
  cash_handovers: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  cash_counts: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  cash_deposits: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  cash_deposit_items: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  cash_write_offs: branch({ owner: 'cash', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  commissions: branch({ owner: 'commissions', retention: 'tax', basis: 'legal_obligation' }),
  commission_payouts: branch({ owner: 'commissions', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  invoices: branch({ owner: 'invoices', retention: 'tax', basis: 'legal_obligation' }),
  invoice_lines: branch({ owner: 'invoices', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  clearance_accounts: tenant({ owner: 'clearances', retention: 'permanent', basis: 'none' }),
  invoice_clearances: branch({ owner: 'clearances', retention: 'tax', basis: 'legal_obligation' }),
  ledger_accounts: tenant({ owner: 'ledger', retention: 'tax', basis: 'none', appGrants: append, platformGrants: read }),
  ledger_transactions: branch({ owner: 'ledger', retention: 'tax', basis: 'legal_obligation', appGrants: append }),
  ledger_entries: branch({ owner: 'ledger', retention: 'tax', basis: 'legal_obligation', appGrants: append, audited: false }),
  ledger_days: branch({ owner: 'ledger', retention: 'tax', basis: 'legal_obligation', audited: false, appGrants: read }),
  ledger_closings: tenant({ owner: 'ledger', retention: 'tax', basis: 'legal_obligation' }),
};

function withTags(table: string, facts: Said): TableFacts {
  const { classes = {}, other = {}, subject = 'nobody' } = columnTags[table] ?? {};
  const columns = Object.fromEntries(Object.entries(classes).map(([column, data]) => [column, { data, basis: facts.basis, retention: facts.retention, ...other[column] }]));
  return { ...facts, columns, subject, personal: Object.keys(classes).filter((column) => maskedClasses.includes(classes[column] ?? 'none')) };
}

/** Facts by table name, as it is in the database. */
export const tableFacts: Record<string, TableFacts> = Object.fromEntries(Object.entries(said).map(([table, facts]) => [table, withTags(table, facts)]));
