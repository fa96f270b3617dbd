import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { referralCodes, user, userRoles } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { adminSql, callerFor, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';

const world = useWorld();
const people = 10_000;

/** Tables whose rows follow the members, and those that stay; by branch and in all they must add up to the same before and after. */
const followers = ['user', 'memberships', 'cards', 'policies', 'claims', 'claim_events', 'leads', 'referral_codes'] as const;
const sums = { payments: 'amount_minor', invoices: 'total_minor', cash_receipts: 'amount_minor', ledger_entries: 'amount_minor' } as const;

const ask = (text: string) => adminSql(world.current.database.adminUrl, text);

/** A branch with a manager and four agents, each with a referral code. */
async function bigBranch(tenant: TestTenant, code: string): Promise<{ id: string; agents: string[] }> {
  const { id } = await callerFor(await scopeOf(tenant, tenant.admin)).branches.create({ code, name: `Branch ${code}`, city: 'Gjakovë', address: undefined, phone: '+383 29 000 000' });
  const agents = [newId(), newId(), newId(), newId()];
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    for (const [userId, role] of [[newId(), 'branch_manager'], ...agents.map((agentId) => [agentId, 'agent'] as const)] as const) {
      await tx.insert(user).values({ tenantId: tenant.id, id: userId, branchId: id, firstName: role, lastName: code, locale: 'sq' });
      await tx.insert(userRoles).values({ tenantId: tenant.id, id: newId(), userId, role, branchId: id });
      await tx.insert(referralCodes).values({ tenantId: tenant.id, id: newId(), userId, branchId: id, code: `B${userId.slice(-10).toUpperCase()}` });
    }
  });
  return { id, agents };
}

/** Members with a membership, card, policy, a paid and an open payment; one in ten with a claim and its story, one in five with a lead behind. */
async function fill(tenant: TestTenant, branch: { id: string; agents: readonly string[] }): Promise<void> {
  const account = tenant.card.id;
  await ask(`
    create temp table crowd as select n, gen_random_uuid() as id, gen_random_uuid() as membership, gen_random_uuid() as claim, (array['${branch.agents.join("','")}', null])[1 + n % 5]::uuid as agent from generate_series(1, ${people}) n;
    insert into "user" (tenant_id, id, branch_id, agent_id, email, first_name, last_name, name_tokens, surname_tokens, locale, member_number)
      select '${tenant.id}', id, '${branch.id}', agent, 'c' || n || '@crowd.example', 'N' || n, 'S' || n, 'n' || n, 's' || n, 'sq', 'CROWD-' || n from crowd;
    insert into user_roles (tenant_id, id, user_id, role) select '${tenant.id}', gen_random_uuid(), id, 'member' from crowd;
    insert into memberships (tenant_id, id, user_id, branch_id, agent_id, plan_code, status, channel, starts_on, ends_on, price_minor, currency)
      select '${tenant.id}', membership, id, '${branch.id}', agent, 'asistenca', 'active', 'agent', '2026-01-01', '2027-01-01', 2000, 'EUR' from crowd;
    insert into cards (tenant_id, id, membership_id, user_id, branch_id, code) select '${tenant.id}', gen_random_uuid(), membership, id, '${branch.id}', replace(id::text, '-', '') from crowd;
    insert into policies (tenant_id, id, user_id, branch_id, insurer, policy_number, kind) select '${tenant.id}', gen_random_uuid(), id, '${branch.id}', 'I', n::text, 'travel' from crowd;
    insert into payments (tenant_id, id, user_id, branch_id, membership_id, payment_account_id, method, status, amount_minor, currency, tax_document_issuer, paid_at)
      select '${tenant.id}', gen_random_uuid(), id, '${branch.id}'::uuid, membership, '${account}'::uuid, 'card', 'succeeded', 2000 + n, 'EUR', 'provider', now() from crowd
      union all select '${tenant.id}', gen_random_uuid(), id, '${branch.id}'::uuid, null, '${account}'::uuid, 'card', 'pending', 100, 'EUR', 'provider', null from crowd;
    insert into claims (tenant_id, id, user_id, branch_id, category, status, counterparty, currency, submitted_at)
      select '${tenant.id}', claim, id, '${branch.id}', 'vehicle', (array['submitted', 'resolved'])[1 + n % 2], 'X', 'EUR', now() from crowd where n % 10 < 1 or n % 10 = 5;
    insert into claim_events (tenant_id, id, user_id, branch_id, claim_id, kind) select '${tenant.id}', gen_random_uuid(), id, '${branch.id}', claim, 'created' from crowd where n % 10 < 1 or n % 10 = 5;
    insert into leads (tenant_id, id, branch_id, owner_id, user_id, first_name, source, status) select '${tenant.id}', gen_random_uuid(), '${branch.id}', '${branch.agents[0] ?? ''}', id, 'A', 'agent', 'converted' from crowd where n % 5 = 0;
    analyze;`);
}

/** Rows by table and branch, and what the money tables come to in each. */
async function books(tenant: TestTenant): Promise<Record<string, Record<string, string>>> {
  const parts = [
    ...followers.map((table) => `select '${table}' as what, branch_id::text as branch, count(*)::text as figure from "${table}" where tenant_id = '${tenant.id}' and branch_id is not null group by 2`),
    ...Object.entries(sums).map(([table, column]) => `select '${table}' as what, branch_id::text as branch, count(*)::text || ' / ' || sum(abs(${column}))::text as figure from "${table}" where tenant_id = '${tenant.id}' group by 2`),
  ];
  const found: Record<string, Record<string, string>> = {};
  for (const { what, branch, figure } of await ask(parts.join(' union all '))) (found[String(what)] ??= {})[String(branch)] = String(figure);
  return found;
}

it('I-29 a branch of 10,000 members closes whole or not at all, and every row and every cent is still there', async () => {
  const { ks } = world.current;
  const [target] = ks.branches;
  const admin = callerFor(await scopeOf(ks, ks.admin));
  const branch = await bigBranch(ks, 'crowd');
  await fill(ks, branch);
  const [leaver = '', successor = ''] = branch.agents;
  const before = await books(ks);
  expect(before['user']?.[branch.id]).toBe(String(people + 5));
  const close = () => admin.branches.close({ id: branch.id, targetBranchId: target.id, leaving: [{ userId: leaver, successorId: successor }] });

  // the database process dies under it when three quarters have moved
  await ask(`
    create sequence moved_so_far;
    create function die_in_the_middle() returns trigger language plpgsql security definer as $$ begin
      if nextval('moved_so_far') = ${people * 0.75} then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$;
    create trigger die_in_the_middle before insert on member_transfers for each row execute function die_in_the_middle();
    grant usage on sequence moved_so_far to public;`);
  await expect(close()).rejects.toThrow();
  expect(await ask('select last_value::int as n from moved_so_far')).toEqual([{ n: people * 0.75 }]);
  expect(await books(ks)).toEqual(before);
  expect((await admin.branches.get({ id: branch.id })).isActive).toBe(true);
  expect(await ask(`select count(*)::int as n from member_transfers where from_branch_id = '${branch.id}'`)).toEqual([{ n: 0 }]);
  await ask('drop trigger die_in_the_middle on member_transfers; drop function die_in_the_middle');

  const began = performance.now();
  await close();
  const seconds = (performance.now() - began) / 1000;
  // oxlint-disable-next-line no-console -- the time is told, not judged
  console.log(`closing a branch of ${people.toLocaleString('en')} members: ${seconds.toFixed(1)} s, ${Math.round(people / seconds).toLocaleString('en')} members a second`);

  const after = await books(ks);
  for (const table of followers) {
    const [there, gone, came] = [before[table]?.[target.id] ?? '0', before[table]?.[branch.id] ?? '0', after[table]?.[target.id] ?? '0'].map(Number);
    expect([table, after[table]?.[branch.id], came]).toEqual([table, undefined, (there ?? 0) + (gone ?? 0)]);
  }
  // what was paid stays where it was taken; what is not booked yet goes along
  const paid = people * 2000 + (people * (people + 1)) / 2;
  expect([before['payments']?.[branch.id], after['payments']?.[branch.id], after['payments']?.[target.id]]).toEqual([`${String(people * 2)} / ${String(paid + people * 100)}`, `${String(people)} / ${String(paid)}`, `${String(people)} / ${String(people * 100)}`]);
  for (const table of ['invoices', 'cash_receipts', 'ledger_entries'] as const) expect(after[table]).toEqual(before[table]);
  expect(await ask(`select count(*)::int as n, count(distinct user_id)::int as members from member_transfers where from_branch_id = '${branch.id}' and status = 'approved'`)).toEqual([{ n: people, members: people }]);
  expect(await ask(`select count(*)::int as n from "user" where tenant_id = '${ks.id}' and agent_id = '${leaver}'`)).toEqual([{ n: 0 }]);
  expect(await ask(`select count(*)::int as n from "user" where tenant_id = '${ks.id}' and agent_id = '${successor}' and branch_id = '${target.id}'`)).toEqual([{ n: (people / 5) * 2 }]);
  expect(await ask(`select count(*)::int as jobs, sum(jsonb_array_length(data -> 'payload' -> 'transferIds'))::int as mails from pgboss.job where name = 'transfers.mailMoved'`)).toEqual([{ jobs: expect.any(Number), mails: people }]);
  expect(await ask(`select count(*)::int as n from audit_logs where tenant_id = '${ks.id}' and action = 'branches.close' and entity = 'user' and operation = 'UPDATE' and after ? 'branch_id'`)).toEqual([{ n: people + 5 }]);
  expect(await withTenant(await systemScopeOf(ks), (tx) => tx.select({ id: user.id }).from(user).where(and(eq(user.tenantId, ks.id), eq(user.branchId, branch.id))))).toEqual([]);
});
