import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { adminSql, callerFor, scopeOf, testPasswords, useWorld, visitorOf, type TestPerson, type TestTenant } from '@interdomestik/api/testing';
import { cookieNames, identify, sealToken } from '@interdomestik/auth';
import { callNextAuth } from '@interdomestik/auth/testing/next-auth';
import { newId } from '@interdomestik/rules';

const world = useWorld();
beforeAll(() => { vi.stubEnv('AUTH_SECRET', 'Qm3Zt8yVn5Lk2Rw7Xc4Ba9Df6Hg1Js0PeUiO'); });
afterAll(() => { vi.unstubAllEnvs(); });

/** A signed-in browser, asked over HTTP. */
interface Browser {
  readonly sessionId: string;
  readonly caller: ReturnType<typeof callerFor>;
  /** What next-auth says at `/api/auth/session`, and whether a request is anybody's. */
  readonly state: () => Promise<{ session: boolean; request: boolean }>;
  readonly post: (action: string) => Promise<void>;
}

async function browserOf(tenant: TestTenant, person: TestPerson): Promise<Browser> {
  const app = person.role === 'member' ? 'member' : 'admin';
  const scope = await scopeOf(tenant, person);
  const sessionId = scope.sessionId ?? '';
  const host = `${tenant.slug}.localhost:3001`;
  const name = cookieNames(app, false).session;
  const cookies = { [name]: await sealToken({ tenantId: tenant.id, sid: sessionId, kind: 'tenant' }, 600) };
  return {
    sessionId,
    caller: callerFor(scope),
    state: async () => {
      const { body } = await callNextAuth(app, { action: 'session', method: 'GET', host, cookies });
      const { scope: now } = await identify({ host, secure: false, cookie: `${name}=${cookies[name] ?? ''}`, requestId: newId() }, app);
      return { session: (body as { signedIn?: boolean }).signedIn === true, request: now !== null };
    },
    post: async (action) => {
      const { body, cookies: set } = await callNextAuth(app, { action: 'csrf', method: 'GET', host, cookies });
      const decoded = Object.fromEntries(Object.entries(set).map(([key, value]) => [key, decodeURIComponent(value)]));
      await callNextAuth(app, { action, method: 'POST', host, cookies: { ...cookies, ...decoded }, body: { csrfToken: (body as { csrfToken: string }).csrfToken, json: 'true' } });
    },
  };
}

const open = { session: true, request: true };
const over = { session: false, request: false };
const sql = (text: string, values: unknown[]) => adminSql(world.current.database.adminUrl, text, values);

interface Case {
  readonly tenant: TestTenant;
  readonly person: TestPerson;
  readonly browser: Browser;
  readonly admin: ReturnType<typeof callerFor>;
}

const ends: readonly (readonly [what: string, who: 'member' | 'agent' | 'manager', end: (given: Case) => Promise<unknown>])[] = [
  ['the person signs out', 'agent', ({ browser }) => browser.post('signout')],
  ['the person ends it in the list of another browser', 'agent', async ({ tenant, person, browser }) => (await browserOf(tenant, person)).caller.accounts.endSession({ id: browser.sessionId })],
  ['the person ends all others in another browser', 'member', async ({ tenant, person }) => (await browserOf(tenant, person)).caller.accounts.endOtherSessions()],
  ['the password is changed in another browser', 'manager', async ({ tenant, person }) => (await browserOf(tenant, person)).caller.accounts.changePassword({ current: person.password, password: 'seven swans a swimming' })],
  ['a new password is set by a mailed link', 'member', async ({ tenant, person }) => {
    const token = newId().replaceAll('-', '');
    await sql("insert into user_tokens (tenant_id, id, user_id, purpose, token_hash, expires_at) values ($1, $2, $3, 'reset_password', $4, now() + interval '1 hour')", [tenant.id, newId(), person.id, createHash('sha256').update(token).digest('base64url')]);
    await callerFor(await visitorOf(tenant)).accounts.resetPassword({ token, password: 'eight maids a milking' });
  }],
  ['the second factor is reset by the administrator', 'agent', ({ admin, person }) => admin.secondFactor.resetFor({ id: person.id })],
  ['the last role is taken away', 'agent', ({ admin, person }) => admin.staff.revokeRole({ id: person.id, role: 'agent', branchId: person.branchId ?? '' })],
  ['one of two roles is taken away', 'manager', async ({ admin, person }) => {
    await admin.staff.grantRole({ id: person.id, role: 'promoter', branchId: person.branchId ?? '' });
    await admin.staff.revokeRole({ id: person.id, role: 'branch_manager', branchId: person.branchId ?? '' });
  }],
  ['the person is disabled', 'manager', ({ admin, person }) => admin.staff.disable({ id: person.id })],
  ['the member is disabled behind our back', 'member', ({ person }) => sql("update \"user\" set status = 'disabled' where id = $1", [person.id])],
  ['the country is suspended', 'member', ({ tenant }) => sql("update tenants set status = 'suspended' where id = $1", [tenant.id])],
];

describe('I-19 S-07 a session is over on the very next request, also at /api/auth/session', () => {
  it.each(ends)('I-19 S-07 when %s', async (what, who, end) => {
    const { ks, database } = world.current;
    // everybody is used up by one of these: each has a copy of its own
    const person = await copyOf(ks, ks.branches[1][who]);
    const browser = await browserOf(ks, person);
    expect(await browser.state()).toEqual(open);
    await end({ tenant: ks, person, browser, admin: callerFor(await scopeOf(ks, ks.admin)) });
    const state = await browser.state();
    if (what.includes('suspended')) await adminSql(database.adminUrl, "update tenants set status = 'active'");
    expect(state).toEqual(over);
  });
});

/** Somebody new who is like that person. */
async function copyOf(tenant: TestTenant, person: TestPerson): Promise<TestPerson> {
  const [id, email] = [newId(), `${newId()}@${tenant.slug}.example`];
  await sql(`insert into "user" select (jsonb_populate_record(null::"user", to_jsonb(u) || jsonb_build_object('id', $2::text, 'email', $3::text, 'sign_in_email', $3::text, 'password_hash', $4::text, 'member_number', null))).* from "user" u where id = $1`,
    [person.id, id, email, await testPasswords.hash(person.password)]);
  await sql('insert into user_roles (tenant_id, id, user_id, role, branch_id) select tenant_id, gen_random_uuid(), $2, role, branch_id from user_roles where user_id = $1', [person.id, id]);
  return { ...person, id, email };
}
