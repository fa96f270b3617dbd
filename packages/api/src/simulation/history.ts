import { sql, type SQL } from 'drizzle-orm';
import {
  claimFactsOf, documentKinds, isCurrency, isDateOnly, money, moneySchema, quoteRequestOf, saleChannels, todayIn, type Currency, type DateOnly, type Json, type PastClaim, type PastRecovery,
  type PastSale, type QuoteRequest, type Trial,
} from '@interdomestik/rules';
import type { Snapshot, TenantScope } from '@interdomestik/db';
import { categoryOf } from '../claims/pack';

/** What a trial looks at: from `since` up to and without `until`; of one branch, or of all. */
export interface Window {
  readonly since: Date;
  readonly until: Date;
  readonly branchId: string | null;
}

const pageSize = { sales: 2_000, claims: 500 };

const within = (column: SQL, { since, until }: Window): SQL => sql`${column} >= ${since.toISOString()}::timestamptz and ${column} < ${until.toISOString()}::timestamptz`;
const inBranch = (column: SQL, { branchId }: Window): SQL => (branchId === null ? sql`true` : sql`${column} = ${branchId}::uuid`);

// a sale that came to nothing was charged to nobody
const sold = (scope: TenantScope, window: Window): SQL =>
  sql`m.tenant_id = ${scope.tenantId} and m.activated_at is not null and ${within(sql`m.created_at`, window)} and ${inBranch(sql`m.branch_id`, window)}`;
const handedIn = (scope: TenantScope, window: Window): SQL => sql`c.tenant_id = ${scope.tenantId} and ${within(sql`c.submitted_at`, window)} and ${inBranch(sql`c.branch_id`, window)}`;

/** How many records a trial will look at. */
export async function countHistory(snapshot: Snapshot, scope: TenantScope, window: Window, what: { readonly sales: boolean; readonly claims: boolean }): Promise<number> {
  const none = sql`select 0 as n`;
  const sales = what.sales ? sql`select count(*)::int as n from memberships m where ${sold(scope, window)}` : none;
  const claims = what.claims ? sql`select count(*)::int as n from claims c where ${handedIn(scope, window)}` : none;
  let total = 0;
  for await (const page of snapshot.pages<{ n: number }>(sql`${sales} union all ${claims}`, 2)) for (const { n } of page) total += n;
  return total;
}

type SaleRow = {
  id: string; branch_id: string; branch_code: string; plan_code: string; channel: string; currency: string; price_minor: bigint; billed_minor: bigint | null; addon_codes: string[]; people: number; inputs: unknown; sold_on: string;
};

/** What a sale asked for: by its receipt, or as far as its columns tell. Null when neither says. */
function requestOf(row: SaleRow, currency: Currency): { readonly request: QuoteRequest; readonly known: boolean } | null {
  if (row.inputs !== null) return { request: quoteRequestOf(row.inputs), known: true };
  const channel = saleChannels.find((one) => one === row.channel);
  if (channel === undefined || !isDateOnly(row.sold_on)) return null;
  return { request: { planCode: row.plan_code, channel, currency, on: row.sold_on, people: row.people, addons: row.addon_codes, facts: { branch: row.branch_code } }, known: false };
}

function addSale(trial: Trial, row: SaleRow): void {
  const billedMinor = row.billed_minor ?? row.price_minor;
  const currency = isCurrency(row.currency) ? row.currency : null;
  const asked = currency === null ? null : requestOf(row, currency);
  if (asked === null) {
    trial.leaveOutSale({ entityId: row.id, branchId: row.branch_id, planCode: row.plan_code, currency: row.currency, billedMinor }, 'simulation.reasons.imported');
    return;
  }
  const sale: PastSale = { entityId: row.id, branchId: row.branch_id, request: asked.request, billedMinor };
  trial.addSale(sale, asked.known);
}

/** Adds every sale of the window to the trial; `step` hears after each page how many there were. */
export async function trySales(snapshot: Snapshot, scope: TenantScope, window: Window, trial: Trial, step: (done: number) => Promise<void>): Promise<void> {
  const query = sql`
    select m.id, m.branch_id, b.code as branch_code, m.plan_code, m.channel, m.currency, m.price_minor, case when m.receipt #> '{outcome,instalments}' is null and m.upgraded_from is null then p.billed_minor else m.price_minor end as billed_minor, m.addon_codes, m.people, m.receipt -> 'inputs' as inputs,
      (m.created_at at time zone ${scope.tenant.timeZone})::date as sold_on
    from memberships m
    join branches b on b.tenant_id = m.tenant_id and b.id = m.branch_id
    -- what is paid in parts was billed as a whole
    left join (
      select membership_id, sum(amount_minor)::bigint as billed_minor from payments
      where tenant_id = ${scope.tenantId} and membership_id is not null and paid_at is not null and created_at >= ${window.since.toISOString()}::timestamptz group by membership_id
    ) p on p.membership_id = m.id
    where ${sold(scope, window)}`;
  for await (const page of snapshot.pages<SaleRow>(query, pageSize.sales)) {
    for (const row of page) addSale(trial, row);
    await step(page.length);
  }
}

type ClaimRow = {
  id: string; branch_id: string; branch_code: string; category: string; currency: string; claimed_minor: bigint | null; recovered_minor: bigint | null; fee_minor: bigint | null; fee_inputs: unknown; plan_code: string | null;
  member_since: string | null; incident_on: string | null; submitted_at: Date; pack_complete_at: Date | null; fee_authorised_at: Date | null; legal_cap_accepted_at: Date | null;
  papers: { kind: string; at: string }[]; steps: { from: string; to: string; at: string; inputs: Json }[];
};

const dayOf = (text: string | null): DateOnly | null => (isDateOnly(text) ? text : null);

function claimOf(scope: TenantScope, row: ClaimRow): PastClaim {
  const category = categoryOf(row.category);
  return {
    entityId: row.id, branchId: row.branch_id, category, submittedAt: row.submitted_at, packCompleteAt: row.pack_complete_at, feeAuthorisedAt: row.fee_authorised_at, legalCapAcceptedAt: row.legal_cap_accepted_at,
    // what it brought is not known when it is handed in
    facts: claimFactsOf({
      category, planCode: row.plan_code, branchCode: row.branch_code, currency: row.currency, claimedMinor: row.claimed_minor, recoveredMinor: null, incidentOn: dayOf(row.incident_on),
      submittedOn: todayIn(scope.tenant.timeZone, row.submitted_at), memberSince: dayOf(row.member_since), packComplete: row.pack_complete_at !== null,
    }),
    recovered: row.recovered_minor === null ? null : Number(row.recovered_minor),
    documents: row.papers.flatMap(({ kind, at }) => documentKinds.filter((one) => one === kind).map((known) => ({ kind: known, at: new Date(at) }))),
    steps: row.steps.map(({ from, to, at, inputs }) => ({ from, to, at: new Date(at), inputs })),
  };
}

/** Legal costs that a fee's receipt counted; none when it does not say. */
function legalCostsOf(inputs: unknown) {
  const costs = typeof inputs === 'object' && inputs !== null && 'legalCosts' in inputs ? moneySchema.safeParse(inputs.legalCosts) : null;
  return costs?.success === true ? costs.data : undefined;
}

function recoveryOf(row: ClaimRow): PastRecovery | null {
  if (row.recovered_minor === null || row.plan_code === null || !isCurrency(row.currency)) return null;
  return {
    entityId: row.id, branchId: row.branch_id, planCode: row.plan_code, billedMinor: row.fee_minor ?? 0n,
    recovery: { recovered: money(row.recovered_minor, row.currency), legalCosts: legalCostsOf(row.fee_inputs) },
  };
}

/** Adds every claim that was handed in within the window: its way through the workflow, or the fee of what it brought. */
export async function tryClaims(snapshot: Snapshot, scope: TenantScope, window: Window, trial: Trial, what: 'fees' | 'steps', step: (done: number) => Promise<void>): Promise<void> {
  const query = sql`
    select c.id, c.branch_id, b.code as branch_code, c.category, c.currency, c.claimed_minor, c.recovered_minor, c.fee_minor, c.receipt -> 'inputs' as fee_inputs, m.plan_code, m.starts_on as member_since,
      c.incident_on, c.submitted_at, c.pack_complete_at, c.fee_authorised_at, c.legal_cap_accepted_at,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'at', coalesce(d.stored_at, d.created_at))), '[]') from documents d
        where d.tenant_id = c.tenant_id and d.entity = 'claim' and d.entity_id = c.id and d.status = 'stored' and d.kind is not null) as papers,
      (select coalesce(jsonb_agg(jsonb_build_object('from', e.from_status, 'to', e.to_status, 'at', e.created_at, 'inputs', e.receipt -> 'inputs') order by e.created_at, e.id), '[]') from claim_events e
        where e.tenant_id = c.tenant_id and e.claim_id = c.id and e.kind = 'status' and e.from_status is not null and e.to_status is not null) as steps
    from claims c
    join branches b on b.tenant_id = c.tenant_id and b.id = c.branch_id
    left join memberships m on m.tenant_id = c.tenant_id and m.id = c.membership_id
    where ${handedIn(scope, window)}`;
  for await (const page of snapshot.pages<ClaimRow>(query, pageSize.claims)) {
    for (const row of page) {
      if (what === 'steps') trial.addClaim(claimOf(scope, row));
      const recovery = what === 'fees' ? recoveryOf(row) : null;
      if (recovery !== null) trial.addFee(recovery);
    }
    await step(page.length);
  }
}
