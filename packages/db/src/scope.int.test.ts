import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, systemPermissions, visitorPermissions } from '@interdomestik/rules';
import { actAsTenant, closeDatabase, connectDatabase, forgetTenants, inAction, noteSession, resolveScope, scopeFor, type ScopeSource, type TenantScope } from './index';
import { useDatabase } from './testing';
import { fillPlace, insertTenant, seeded, type Place } from './testing/factories';

const database = useDatabase();
const here: Place = { tenantId: 'tenant_a', branchId: newId() };
const there: Place = { tenantId: 'tenant_b', branchId: newId() };
let admin: Client;
let userId: string;
let sessionId: string;

const sql = async (text: string, values: unknown[] = []) => await admin.query(text, values);
const asked = async (changes: Partial<Extract<ScopeSource, { kind: 'session' }>> = {}): Promise<TenantScope | null> => {
  forgetTenants();
  return await resolveScope({ kind: 'session', tenantId: here.tenantId, sessionId, app: 'admin', ...changes });
};
async function role(name: string, branchId: string | null = here.branchId): Promise<void> {
  await sql('insert into user_roles (tenant_id, id, user_id, role, branch_id) values ($1, $2, $3, $4, $5)', [here.tenantId, newId(), userId, name, branchId]);
}

beforeAll(async () => {
  admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
  for (const place of [here, there]) {
    await insertTenant(admin, { id: place.tenantId, slug: place.tenantId.slice(-1) });
    const rows = await fillPlace(admin, place, seeded(3));
    if (place === here) userId = String(rows.get('user')?.id);
  }
  // somebody stays at the head of the tenant while roles come and go
  const headId = newId();
  await sql('insert into "user" (tenant_id, id, first_name, last_name, locale) values ($1, $2, $3, $3, $4)', [here.tenantId, headId, 'Head', 'mk']);
  await sql("insert into user_roles (tenant_id, id, user_id, role) values ($1, $2, $3, 'tenant_admin')", [here.tenantId, newId(), headId]);
  await connectDatabase({ appUrl: database.current.appUrl });
});
afterAll(async () => {
  await closeDatabase();
  await admin.end();
});

beforeEach(async () => {
  sessionId = newId();
  await sql("update tenants set status = 'active'");
  await sql('update "user" set status = \'active\' where id = $1', [userId]);
  for (const table of ['sessions', 'second_factors', 'user_grants', 'user_roles']) await sql(`delete from ${table} where user_id = $1`, [userId]);
  await sql("insert into sessions (tenant_id, id, user_id, app, second_factor_at, last_seen_at, expires_at) values ($1, $2, $3, 'admin', now(), now(), now() + interval '1 hour')", [here.tenantId, sessionId, userId]);
});

describe('I-19 a session is what its rows say at the moment', () => {
  beforeEach(async () => { await role('branch_manager'); });

  it('I-19 opens the branch of its role', async () => {
    expect(await asked()).toMatchObject({ tenantId: here.tenantId, reach: { kind: 'branch', branchId: here.branchId }, roles: ['branch_manager'], actor: { kind: 'user', id: userId }, sessionId });
  });

  it.each<readonly [string, string]>([
    ['revoked', 'update sessions set revoked_at = now() where id = $1'],
    ['run out', "update sessions set expires_at = now() - interval '1 second' where id = $1"],
    ['of the other portal', "update sessions set app = 'member' where id = $1"],
    ['left alone for too long', "update sessions set last_seen_at = now() - interval '30 days' where id = $1"],
    ['of a person who is disabled', 'update "user" set status = \'disabled\' where id = (select user_id from sessions where id = $1)'],
    ['of a person without a role', 'delete from user_roles where user_id = (select user_id from sessions where id = $1)'],
    ['of a member who does not work here', "update user_roles set role = 'member', branch_id = null where user_id = (select user_id from sessions where id = $1)"],
    ['of a suspended tenant', "update tenants set status = 'suspended' where id = (select tenant_id from sessions where id = $1)"],
    ['of somebody who works here without a second factor', 'update sessions set second_factor_at = null where id = $1'],
    ['waiting for its second factor', "with waits as (update sessions set second_factor_at = null where id = $1 returning tenant_id, user_id) insert into second_factors (tenant_id, id, user_id, secret, confirmed_at) select tenant_id, gen_random_uuid(), user_id, 'x', now() from waits"],
  ])('I-19 opens nothing once it is %s', async (_, change) => {
    expect(await asked()).not.toBeNull();
    await sql(change, [sessionId]);
    expect(await asked()).toBeNull();
  });

  it('I-19 opens nothing from the moment its tenant is suspended, also where the tenant is still remembered as active', async () => {
    const remembered = () => resolveScope({ kind: 'session', tenantId: here.tenantId, sessionId, app: 'admin' });
    expect(await remembered()).not.toBeNull();
    await sql("update tenants set status = 'suspended' where id = $1", [here.tenantId]);
    expect(await remembered()).toBeNull();
  });

  describe('S-07 ends by the rule of its tenant', () => {
    const limits = async (place: Place, value: unknown, state: { status?: string; from?: string } = {}) => {
      await sql(`insert into tenant_settings (tenant_id, id, kind, version, status, value, effective_from) select $1, $2, 'limits', 1 + coalesce(max(version), 0), $3, $4, ${state.from ?? 'now()'} from tenant_settings where tenant_id = $1 and kind = 'limits'`, [place.tenantId, newId(), state.status ?? 'published', JSON.stringify(value)]);
    };
    const aged = async (began: number, seen: number) => {
      await sql("update sessions set created_at = now() - make_interval(mins => $2), last_seen_at = now() - make_interval(mins => $3), expires_at = now() + interval '90 days' where id = $1", [sessionId, began, seen]);
    };
    const rule = (idleMinutes: number, absoluteHours: number) => ({ session: { idleMinutes, absoluteHours }, memberSession: { idleMinutes: idleMinutes * 2, absoluteHours: absoluteHours * 2 } });

    it.each<readonly [began: number, seen: number, open: boolean]>([
      [119, 6, true], [121, 6, false], [121, 19, false], [100, 19, true], [100, 21, false], [30, 21, false], [30, 19, true], [119, 0, true],
    ])('idle for 20 minutes or 2 hours old: begun %i and seen %i minutes ago', async (began, seen, open) => {
      await sql("delete from tenant_settings where kind = 'limits'");
      await limits(here, rule(20, 2));
      // neither what is not in force nor what another country says counts
      await limits(here, rule(600, 600), { status: 'draft' });
      await limits(here, rule(600, 600), { from: "now() + interval '1 hour'" });
      await limits(there, rule(600, 600));
      await aged(began, seen);
      expect((await asked()) !== null).toBe(open);
    });

    it('also while it is used all the time: the note that it is used brings its end forward, and never puts it off', async () => {
      await sql("delete from tenant_settings where kind = 'limits'");
      await limits(here, rule(20, 2));
      const noted = async () => {
        const scope = await asked();
        if (scope === null) throw new Error('the session has ended');
        await noteSession(scope);
        return (await sql('select round(extract(epoch from expires_at - now()) / 60)::int as left, last_seen_at > now() - interval \'5 seconds\' as seen from sessions where id = $1', [sessionId])).rows[0] as { left: number; seen: boolean };
      };
      await aged(100, 4);
      expect(await noted()).toEqual({ left: 20, seen: true });
      await limits(here, rule(20, 50));
      expect(await noted()).toEqual({ left: 20, seen: true });
      await limits(here, rule(20, 1));
      expect((await noted()).left).toBe(-40);
      expect(await asked()).toBeNull();
    });

    it('which has other times for the member portal, and acts on sessions that began under a wider one', async () => {
      await sql("delete from tenant_settings where kind = 'limits'");
      await limits(here, rule(20, 2));
      await sql("update sessions set app = 'member' where id = $1", [sessionId]);
      await role('member', null);
      const member = () => asked({ app: 'member' });
      await aged(239, 39);
      expect(await member()).not.toBeNull();
      await aged(239, 41);
      expect(await member()).toBeNull();
      await aged(241, 6);
      expect(await member()).toBeNull();
      await limits(here, rule(20, 100));
      expect(await member()).not.toBeNull();
      await limits(here, { secondFactor: 'optional' });
      await aged(720 * 60 - 1, 6);
      expect(await member()).not.toBeNull();
      await aged(720 * 60 + 1, 6);
      expect(await member()).toBeNull();
    });
  });

  it('I-18 opens nothing under the name of another tenant or portal', async () => {
    expect(await asked({ tenantId: there.tenantId })).toBeNull();
    expect(await asked({ app: 'member' })).toBeNull();
    expect(await asked({ sessionId: "' or true --" })).toBeNull();
  });

  it('I-30 keeps another tenant out by the query alone, without policies', async () => {
    const tables = ['sessions', '"user"', 'user_roles', 'user_grants', 'second_factors', 'tenant_settings'];
    await sql(tables.map((table) => `alter table ${table} disable row level security`).join('; '));
    try {
      expect(await asked()).not.toBeNull();
      expect(await asked({ tenantId: there.tenantId })).toBeNull();
    } finally {
      await sql(tables.map((table) => `alter table ${table} enable row level security`).join('; '));
    }
  });
});

describe('a scope reaches as far as its source', () => {
  it.each<readonly [string, string | null, () => unknown]>([
    ['tenant_admin', null, () => ({ kind: 'tenant' })],
    ['branch_manager', 'here', () => ({ kind: 'branch', branchId: here.branchId })],
    ['agent', 'here', () => ({ kind: 'own', branchId: here.branchId, agentId: userId })],
    ['promoter', 'here', () => ({ kind: 'own', branchId: here.branchId, agentId: userId })],
  ])('a %s', async (name, branch, reach) => {
    await role(name, branch === null ? null : here.branchId);
    expect((await asked())?.reach).toEqual(reach());
  });

  it('a member, who sees the own rows and nothing that staff may', async () => {
    await role('member', null);
    await role('tenant_admin', null);
    await sql("update sessions set app = 'member' where id = $1", [sessionId]);
    const scope = await asked({ app: 'member' });
    expect(scope).toMatchObject({ reach: { kind: 'self', userId }, roles: ['member'] });
    expect(scope?.permissions.has('members.read')).toBe(false);
  });

  it('a colleague who is a member too works in the staff role alone', async () => {
    await role('member', null);
    await role('agent');
    const scope = await asked();
    expect(scope?.posts).toEqual([{ id: expect.any(String), role: 'agent', branchId: here.branchId }]);
    expect(scope).toMatchObject({ roles: ['agent'], post: scope?.posts[0] });
  });

  it('somebody who works here and is no member has nothing in the member portal', async () => {
    await role('tenant_admin', null);
    await sql("update sessions set app = 'member' where id = $1", [sessionId]);
    expect(await asked({ app: 'member' })).toBeNull();
  });

  it('a visitor sees nothing and may little; a job sees its tenant', async () => {
    const visitor = await resolveScope({ kind: 'visitor', slug: 'a' });
    expect(visitor).toMatchObject({ tenantId: here.tenantId, reach: { kind: 'public' }, actor: { kind: 'visitor', id: null } });
    expect(visitor?.permissions).toBe(visitorPermissions);
    const job = await resolveScope({ kind: 'job', tenantId: here.tenantId, job: 'x' });
    expect(job).toMatchObject({ reach: { kind: 'tenant' }, actor: { kind: 'system', id: null }, action: 'x' });
    expect(job?.permissions).toBe(systemPermissions);
  });

  it('a suspended tenant has no visitors and no jobs', async () => {
    await sql("update tenants set status = 'suspended'");
    forgetTenants();
    expect(await resolveScope({ kind: 'visitor', slug: 'a' })).toBeNull();
    expect(await resolveScope({ kind: 'job', tenantId: here.tenantId, job: 'x' })).toBeNull();
  });

  it('I-29 is narrowed to what a permission was given for, and is none without it', async () => {
    await role('agent');
    const agent = await asked();
    if (agent === null) throw new Error('nobody is signed in');
    expect(scopeFor(agent, 'members.read')).toBe(agent);
    expect(scopeFor(agent, 'settings.write')).toBeNull();
    await sql("insert into user_grants (tenant_id, id, user_id, permission, branch_id, granted_by) values ($1, $2, $3, 'claims.handle', $4, $3)", [here.tenantId, newId(), userId, here.branchId]);
    const granted = await asked();
    if (granted === null) throw new Error('nobody is signed in');
    expect(scopeFor(granted, 'claims.handle')?.reach).toEqual({ kind: 'branch', branchId: here.branchId });
    expect(scopeFor(granted, 'members.read')?.reach).toMatchObject({ kind: 'own' });
    expect(scopeFor(granted, 'settings.write')).toBeNull();
  });

  it('the tenant acts for somebody within the same tenant, under a name of its own', async () => {
    await role('agent');
    const agent = await asked();
    if (agent === null) throw new Error('nobody is signed in');
    expect(actAsTenant(agent, 'a.b')).toMatchObject({ tenantId: here.tenantId, reach: { kind: 'tenant' }, action: 'a.b', actor: agent.actor });
    expect(inAction(agent, 'c.d')).toMatchObject({ reach: agent.reach, action: 'c.d' });
  });
});
