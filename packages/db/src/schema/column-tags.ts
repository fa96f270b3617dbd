/**
 * What each column says of a person. `facts.ts` says whose a table is; here stands, column by column, what is masked in the audit trail, handed out to a
 * member, emptied by an erasure and left when its time is over. A column without a tag, and a tag without a column, turn a check red.
 */
export const dataClasses = ['none', 'link', 'about', 'personal', 'sensitive', 'secret'] as const;
/**
 * `none` nothing of anybody; `link` an id that stands for a person; `about` a fact that is somebody's only by such an id (a status, a date, an amount); `personal` names,
 * reaches or describes a person, also free text that may; `sensitive` a national number, health and what happened to somebody, bank accounts; `secret` opens an account or proves who somebody is.
 */
export type DataClass = (typeof dataClasses)[number];
/** Masked in the audit trail. */
export const maskedClasses: readonly DataClass[] = ['personal', 'sensitive', 'secret'];

export type Basis = 'contract' | 'legal_obligation' | 'legitimate_interest' | 'consent' | 'none';
/** How long, in words of the tenant's retention rule. */
export type Retention = 'membership' | 'tax' | 'claim' | 'session' | 'token' | 'mail' | 'audit' | 'operations' | 'permanent';

/**
 * How the rows about a person are found: a column with the person's id; `through` a row of another table that is about the person; `within` a text that names such a row;
 * `actor` a text `user:<id>`; `nobody`: no row is about one person, or the person is not a member and the table is read elsewhere.
 */
export type Subject = string | { readonly through: string; readonly column: string } | { readonly within: string; readonly of: string } | { readonly actor: string };

export interface ColumnTag {
  readonly data: DataClass;
  readonly basis: Basis;
  readonly retention: Retention;
}

type Other = Readonly<Record<string, Partial<Pick<ColumnTag, 'basis' | 'retention'>>>>;
export interface TableTags {
  /** Column by column; names as in the database. */
  readonly classes: Readonly<Record<string, DataClass>>;
  /** Columns that are held for another reason or time than their table. */
  readonly other: Other;
  readonly subject: Subject;
}

type Words = Partial<Record<DataClass, string>>;
const everywhere: Readonly<Record<string, DataClass>> = { tenant_id: 'none', id: 'none', branch_id: 'none', created_at: 'about', updated_at: 'about' };

/** Every table has these but for `without`. */
function tags(subject: Subject, words: Words, other: Other = {}, without = ''): TableTags {
  const classes: Record<string, DataClass> = { ...everywhere };
  for (const column of without.split(' ')) Reflect.deleteProperty(classes, column);
  for (const data of dataClasses) for (const column of (words[data] ?? '').split(' ')) if (column !== '') classes[column] = data;
  return { classes, other, subject };
}

/** What an erasure takes away row by row, because nothing else hangs on it; of every other table it empties columns. */
export const rowsThatGo: readonly string[] = [
  'user_grants', 'second_factors', 'recovery_codes', 'sessions', 'user_tokens', 'notifications', 'mails', 'family_members', 'policies', 'idempotency_keys',
];
/** Held by law or as the proof of what was done, whoever asks. */
export const keptByLaw: readonly Retention[] = ['tax', 'audit', 'permanent'];

const noTimes = 'created_at updated_at';
const noUpdate = 'updated_at';
const noBranch = 'branch_id';
const bare = `${noBranch} ${noTimes}`;
const ends: Other[string] = { retention: 'membership', basis: 'contract' };

export const columnTags: Record<string, TableTags> = {
  tenants: tags('nobody', { none: 'slug name country_code country currency time_zone default_locale locales status created_at updated_at' }, {}, 'tenant_id branch_id'),
  platform_users: tags('nobody', { about: 'locale status', personal: 'email name', secret: 'password_hash' }, {}, `tenant_id branch_id ${noUpdate}`),
  platform_sessions: tags('nobody', { link: 'platform_user_id', none: 'entered_tenant_id entry_id', about: 'verified_at second_factor_at last_seen_at expires_at revoked_at', personal: 'user_agent' }, {}, `tenant_id branch_id ${noUpdate}`),
  platform_second_factors: tags('nobody', { link: 'platform_user_id', about: 'confirmed_at last_step', secret: 'secret' }, {}, `tenant_id id branch_id ${noUpdate}`),
  platform_recovery_codes: tags('nobody', { link: 'platform_user_id', about: 'used_at', secret: 'code_hash' }, {}, `tenant_id branch_id ${noUpdate}`),
  platform_tokens: tags('nobody', { link: 'platform_user_id', about: 'purpose expires_at used_at', secret: 'token_hash' }, {}, `tenant_id branch_id ${noUpdate}`),
  platform_audit_logs: tags('nobody', { none: 'action subject request_id', personal: 'platform_user_id detail' }, {}, `tenant_id branch_id ${noUpdate}`),
  tenant_creations: tags('nobody', { none: 'made_tenant_id key payload_hash pack finished_at', link: 'created_by', personal: 'admin' }, {}, `tenant_id id branch_id ${noUpdate}`),
  rate_limits: tags('nobody', { none: 'key count window_ends_at' }, {}, `tenant_id id branch_id ${noTimes}`),
  webhook_rejections: tags('nobody', { none: 'day reason count' }, {}, `tenant_id id branch_id ${noTimes}`),

  tenant_settings: tags('nobody', { none: 'kind version status value revision base_version restores_version note effective_from validated_at approved_at published_at simulated_hash simulation_id', link: 'created_by updated_by approved_by published_by' }),
  rule_simulations: tags('nobody', { none: 'setting_id kind document_hash days status done total figures error_key started_at finished_at', link: 'created_by' }, {}, `${noBranch} ${noUpdate}`),
  rule_simulation_rows: tags('nobody', { none: 'simulation_id figure position', link: 'entity entity_id', about: 'currency before_minor after_minor before after' }, {}, noTimes),
  receipt_checks: tags('nobody', { none: 'status checked differing finished_at', link: 'created_by' }, {}, `${noBranch} ${noUpdate}`),
  receipt_differences: tags('nobody', { none: 'check_id decision', link: 'entity entity_id', about: 'stored recomputed' }, {}, noTimes),
  feature_flags: tags('nobody', { none: 'key enabled note', link: 'updated_by' }, {}, noBranch),
  branches: tags('nobody', { none: 'code name city address phone is_active' }, {}, noBranch),
  number_series: tags('nobody', { none: 'series fiscal_year last_number' }, {}, bare),
  idempotency_keys: tags({ actor: 'actor' }, { none: 'operation key payload_hash', link: 'actor', personal: 'response' }, {}, `${noBranch} ${noUpdate}`),
  audit_logs: tags('nobody', { none: 'at actor_kind action request_id operation entity tx', about: 'entity_id', personal: 'actor_id before after' }, {}, noTimes),
  audit_seals: tags('nobody', { none: 'number first_seq size row_ids row_macs key_id previous_mac mac upto_tx upto_at upto_id seen_until known_until sealed_at' }, {}, bare),
  audit_checks: tags('nobody', { none: 'checked_at rows seals sealed_until anchored faults findings' }, {}, bare),
  platform_entries: tags('nobody', { link: 'platform_user_id', about: 'reason started_at expires_at ended_at', personal: 'platform_user_name' }, {}, bare),

  user: tags('id', {
    link: 'agent_id member_number', about: 'email_verified_at status locale erased_at', personal: 'email sign_in_email first_name last_name name_tokens surname_tokens phone birth_date address city', sensitive: 'personal_number', secret: 'password_hash',
  }),
  user_roles: tags('user_id', { link: 'user_id granted_by', about: 'role' }, {}, noUpdate),
  user_grants: tags('user_id', { link: 'user_id granted_by', about: 'permission' }, {}, noUpdate),
  second_factors: tags('user_id', { link: 'user_id', about: 'confirmed_at last_step', secret: 'secret' }, {}, `${noBranch} ${noUpdate}`),
  recovery_codes: tags('user_id', { link: 'user_id', about: 'used_at', secret: 'code_hash' }, {}, `${noBranch} ${noUpdate}`),
  member_transfers: tags('user_id', { none: 'from_branch_id to_branch_id', link: 'user_id from_agent_id to_agent_id requested_by decided_by', about: 'status decided_at', personal: 'reason decision_note' }, {}, noBranch),
  sessions: tags('user_id', { none: 'app', link: 'user_id acting_role_id', about: 'verified_at second_factor_at last_seen_at expires_at revoked_at', personal: 'user_agent' }, {}, `${noBranch} ${noUpdate}`),
  user_tokens: tags('user_id', { link: 'user_id', about: 'purpose expires_at used_at', personal: 'email', secret: 'token_hash' }, {}, `${noBranch} ${noUpdate}`),
  erasure_requests: tags('user_id', { link: 'user_id asked_by decided_by', about: 'status due_on decided_at letter done_at', personal: 'note answer' }, { note: ends, answer: ends }),
  consents: tags('user_id', { none: 'text_key text_version text_hash', link: 'user_id', about: 'locale accepted' }, {}, `${noBranch} ${noUpdate}`),
  notifications: tags('user_id', { none: 'kind effect_key', link: 'user_id', about: 'href read_at', personal: 'params' }, {}, `${noBranch} ${noUpdate}`),
  mails: tags('user_id', { none: 'template effect_key error', link: 'user_id', about: 'locale status sent_at', personal: 'to_email subject html text' }, {}, `${noBranch} ${noUpdate}`),
  referral_codes: tags('user_id', { link: 'user_id code', about: 'disabled_at' }, {}, noUpdate),
  leads: tags('user_id', { link: 'owner_id user_id referral_code_id', about: 'source plan_code status', personal: 'first_name last_name phone email note' }),

  memberships: tags('user_id', {
    link: 'user_id agent_id referral_code_id', none: 'upgraded_from currency',
    about: 'plan_code addon_codes people status channel starts_on ends_on price_minor receipt activated_at canceled_at cancel_asked_at cut_ends_on',
  }),
  coupon_redemptions: tags('user_id', { none: 'membership_id currency', link: 'user_id', about: 'code amount_minor released_at' }, {}, noUpdate),
  referral_rewards: tags('user_id', { none: 'membership_id prolonged_id', link: 'user_id', about: 'days' }, {}, noUpdate),
  membership_pauses: tags('user_id', { none: 'membership_id', link: 'user_id asked_by', about: 'starts_on ends_on prolongs resumed_at' }),
  family_members: tags('user_id', { none: 'membership_id', link: 'user_id', about: 'relation', personal: 'first_name last_name birth_date' }),
  cards: tags('user_id', { none: 'membership_id', link: 'user_id', about: 'revoked_at', personal: 'code' }, {}, noUpdate),
  policies: tags('user_id', { link: 'user_id', about: 'insurer kind starts_on ends_on', personal: 'policy_number' }),
  claims: tags('user_id', {
    none: 'membership_id currency route_code rule_versions', link: 'user_id code handler_id', personal: 'counterparty no_fee_reason', sensitive: 'description',
    about: 'category status incident_on claimed_minor recovered_minor fee_minor fee_authorised_at legal_cap_accepted_at reject_reason submitted_at pack_complete_at sla_due_at sla_receipt stage_since priority receipt',
  }),
  claim_events: tags('user_id', { none: 'claim_id', link: 'user_id actor_id', about: 'kind from_status to_status visible_to_member receipt', sensitive: 'note' }, {}, noUpdate),
  documents: tags('user_id', { none: 'entity entity_id', link: 'user_id uploaded_by path', about: 'kind mime size_bytes sha256 status reject_reason stored_at', personal: 'file_name storage_key' }, {}, noUpdate),
  document_accesses: tags('user_id', { none: 'document_id request_id actor_kind', link: 'user_id actor_id' }, {}, noUpdate),

  import_batches: tags('nobody', { none: 'kind file_hash status lines done report error_key stamp finished_at undone_at', link: 'created_by', personal: 'file_name', sensitive: 'reading trial' }, {}, noBranch),
  import_pieces: tags('nobody', { none: 'batch_id position', sensitive: 'bytes' }, {}, bare),
  import_lines: tags('user_id', { none: 'batch_id record line reason', link: 'user_id row_id card_id', about: 'outcome is_new_user decision undo repairs', personal: 'problems number alike', sensitive: 'cells traits before' }, {}, bare),
  import_templates: tags('nobody', { none: 'kind name fields style', link: 'created_by', personal: 'repairs' }, {}, noBranch),

  payment_accounts: tags('nobody', { none: 'provider slug name currency environment tax_document_issuer is_active client_token bank_details', secret: 'credentials webhook_secrets' }, {}, noBranch),
  payments: tags('user_id', {
    none: 'membership_id payment_account_id currency tax_document_issuer', link: 'user_id provider_transaction_id collected_by', personal: 'provider_customer_id', secret: 'checkout_url',
    about: 'method status amount_minor vat_minor refunded_minor receipt paid_at expires_on last_event_at replaced_at',
  }, { provider_customer_id: ends, checkout_url: ends }),
  webhook_events: tags({ within: 'raw', of: 'payments' }, { none: 'payment_account_id event_id event_type occurred_at status attempts reason processed_at', personal: 'raw' }, {}, noBranch),
  reconciliations: tags('nobody', { none: 'payment_account_id status since until phase position checked repaired found reason finished_at', link: 'created_by' }, {}, `${noBranch} ${noUpdate}`),
  reconciliation_differences: tags({ through: 'payments', column: 'payment_id' }, { none: 'payment_account_id reconciliation_id kind provider_id resolved_at', link: 'payment_id', about: 'told_minor told_currency ours_minor ours_currency' }, {}, `${noBranch} ${noUpdate}`),
  bank_statements: tags('nobody', { none: 'payment_account_id file_hash reading lines fresh', link: 'created_by', personal: 'file_name' }, {}, `${noBranch} ${noUpdate}`),
  bank_lines: tags({ through: 'payments', column: 'payment_id' }, {
    none: 'statement_id payment_account_id bank_id currency', link: 'payment_id deposit_id refund_id payout_of decided_by', about: 'booked_on amount_minor status open_reason held_minor decided_at',
    personal: 'payer purpose reference line_key note', sensitive: 'payer_account',
  }, {}, noBranch),
  instalments: tags('user_id', { none: 'membership_id currency tax_document_issuer', link: 'user_id payment_id', about: 'code number due_on amount_minor vat_minor status paid_at reminded_at overdue_at' }),
  refunds: tags('user_id', {
    none: 'payment_id membership_id deposit_id credit_note_id currency', link: 'user_id asked_by provider_adjustment_id payout_reference', about: 'source amount_minor status part trying_until done_at', personal: 'note', sensitive: 'payout_account',
  }),
  refund_requests: tags('user_id', { none: 'membership_id currency', link: 'user_id decided_by', about: 'amount_minor status decided_at', personal: 'note answer' }, { note: ends, answer: ends }),
  cash_receipts: tags('user_id', { none: 'payment_id handover_id currency', link: 'user_id agent_id verified_by', about: 'code amount_minor status collected_at handed_at banked_at bank_slip' }),
  cash_handovers: tags('agent_id', { none: 'currency', link: 'agent_id handed_by', about: 'receipts amount_minor handed_at' }, {}, noUpdate),
  cash_counts: tags('agent_id', { none: 'handover_id currency', link: 'agent_id counted_by', about: 'outcome counted_minor counted_at', personal: 'note' }, {}, noUpdate),
  cash_deposits: tags('banked_by', { none: 'currency', link: 'banked_by', about: 'amount_minor slip deposited_on banked_at' }, {}, noUpdate),
  cash_deposit_items: tags('nobody', { none: 'deposit_id handover_id amount_minor' }, {}, noUpdate),
  cash_write_offs: tags('agent_id', { none: 'currency', link: 'agent_id written_off_by', about: 'amount_minor', personal: 'reason' }, {}, noUpdate),
  commissions: tags('agent_id', { none: 'membership_id currency', link: 'agent_id payment_id approved_by payout_id', about: 'number kind plan_code net_minor rate_bp amount_minor receipt occurred_at approved_at' }),
  commission_payouts: tags('agent_id', { none: 'batch_id currency', link: 'agent_id paid_by', about: 'code amount_minor entries paid_on reference receipt' }, {}, noUpdate),
  invoices: tags('user_id', {
    none: 'membership_id credit_of payment_id series fiscal_year number currency seller languages pdf_sha256', link: 'user_id code document_id issued_by', about: 'status issued_on due_on net_minor vat_minor total_minor receipt issued_at', personal: 'buyer',
  }),
  invoice_lines: tags('user_id', { none: 'invoice_id position', link: 'user_id', about: 'description quantity vat_rate_bp net_minor vat_minor total_minor' }, {}, noTimes),
  clearance_accounts: tags('nobody', { none: 'service', secret: 'credentials' }, {}, noBranch),
  invoice_clearances: tags('user_id', { none: 'invoice_id service attempt problem reason', link: 'user_id clearance_id qr asked_by document_id', about: 'status sent_at decided_at' }),
  ledger_accounts: tags('nobody', { none: 'code kind currency' }, {}, `${noBranch} ${noUpdate}`),
  ledger_transactions: tags({ through: 'payments', column: 'source_id' }, { none: 'kind source_type provider', link: 'source_id', about: 'plan_code vat_rate_bp occurred_at', personal: 'effect_key' }, {}, noUpdate),
  ledger_entries: tags('party_id', { none: 'transaction_id account_id position currency', link: 'party_id', about: 'amount_minor occurred_at' }, {}, noTimes),
  ledger_days: tags('nobody', { none: 'account_id day kind plan_code provider vat_rate_bp currency amount_minor entries', link: 'party_id' }, {}, noTimes),
  ledger_closings: tags('nobody', { none: 'month closed_at reopened_at', link: 'closed_by reopened_by', personal: 'reason' }, {}, noBranch),
};
