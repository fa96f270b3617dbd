import { and, asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { mails, user } from '@interdomestik/db/schema';
import { callerFor, scopeOf, systemScopeOf, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { issueToken, tokenMinutes } from './tokens';

const world = useWorld();
let ks: TestTenant;
let system: TenantScope;

beforeAll(async () => {
  ({ ks } = world.current);
  system = await systemScopeOf(ks);
});

const site = async (tenant: TestTenant, now = new Date()) => callerFor(await visitorOf(tenant), { now });
const addressesOf = async ({ id }: TestPerson) =>
  (await withTenant(system, (tx) => tx.select({ email: user.email, signInEmail: user.signInEmail, verifiedAt: user.emailVerifiedAt }).from(user).where(and(eq(user.tenantId, ks.id), eq(user.id, id)))))[0];
const mailsTo = (email: string, template: string) =>
  withTenant(system, (tx) => tx.select({ text: mails.text, html: mails.html }).from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.toEmail, email), eq(mails.template, template))).orderBy(asc(mails.createdAt)));
const linkIn = (text: string): { origin: string; path: string; token: string } => {
  const url = new URL(/http\S+\/change-email\S+/u.exec(text)?.[0] ?? '');
  return { origin: url.origin, path: url.pathname, token: url.searchParams.get('token') ?? '' };
};
/** Asks for the change and gives the token of the mail that came to the new address. */
async function asked(person: TestPerson, email: string): Promise<string> {
  await callerFor(await scopeOf(ks, person)).accounts.requestEmailChange({ email });
  return linkIn((await mailsTo(email.trim().toLowerCase(), 'email-change')).at(-1)?.text ?? '').token;
}

const brokenLink = 'INVALID errors.link';

describe('S-07 the address of an account', () => {
  it('is the old one until the link in the new mailbox is opened; then the old mailbox hears of it', async () => {
    const { member } = ks.branches[0];
    const email = 'new.home@posta.example';
    const token = await asked(member, ` ${email.toUpperCase()} `);
    expect(await addressesOf(member)).toMatchObject({ email: member.email, signInEmail: member.email });
    expect(await mailsTo(member.email, 'security-notice')).toHaveLength(0);
    const now = new Date();
    await (await site(ks, now)).accounts.confirmEmailChange({ token });
    expect(await addressesOf(member)).toEqual({ email, signInEmail: email, verifiedAt: now });
    const [notice] = await mailsTo(member.email, 'security-notice');
    expect(notice?.text).toContain('/sign-in');
    expect(`${notice?.text ?? ''}${notice?.html ?? ''}`).not.toContain(email);
    expect(await mailsTo(email, 'security-notice')).toHaveLength(0);
  });

  it('changes by a link of the portal that was asked, which opens once, for this alone, here alone, and for an hour', async () => {
    const { manager } = ks.branches[0];
    const token = await asked(manager, 'manager.new@posta.example');
    expect(linkIn((await mailsTo('manager.new@posta.example', 'email-change'))[0]?.text ?? '')).toMatchObject({ origin: 'http://ks.localhost:3001', path: '/change-email' });
    const [here, abroad, later] = [await site(ks), await site(world.current.mk), await site(ks, new Date(Date.now() + (tokenMinutes.change_email + 1) * 60_000))];
    expect(await refusalsOf([abroad.accounts.confirmEmailChange({ token }), later.accounts.confirmEmailChange({ token })])).toEqual([brokenLink, brokenLink]);
    expect(await refusalsOf([
      here.accounts.verifyEmail({ token }), here.accounts.resetPassword({ token, password: 'seven swans a swimming' }), here.accounts.invitation({ token }), here.accounts.acceptInvitation({ token, password: 'seven swans a swimming' }),
    ])).toEqual([brokenLink, brokenLink, brokenLink, brokenLink]);
    for (const purpose of ['verify_email', 'reset_password', 'invitation'] as const) {
      const other = await withTenant(system, (tx) => issueToken(tx, system, manager.id, purpose, new Date()));
      expect(await refusalsOf([here.accounts.confirmEmailChange({ token: other.token })])).toEqual([brokenLink]);
    }
    expect(await addressesOf(manager)).toMatchObject({ signInEmail: manager.email });
    const tries = await Promise.all(Array.from({ length: 4 }, () => site(ks)));
    expect((await refusalsOf(tries.map((one) => one.accounts.confirmEmailChange({ token })))).toSorted()).toEqual([brokenLink, brokenLink, brokenLink, 'done']);
    expect(await addressesOf(manager)).toMatchObject({ signInEmail: 'manager.new@posta.example' });
    expect(await refusalsOf([here.accounts.confirmEmailChange({ token })])).toEqual([brokenLink]);
    expect(await mailsTo(manager.email, 'security-notice')).toHaveLength(1);
  });

  it('ends every other mailed link: a reset that lies in the old mailbox opens nothing', async () => {
    const { agent } = ks.branches[0];
    const reset = await withTenant(system, (tx) => issueToken(tx, system, agent.id, 'reset_password', new Date()));
    const first = await asked(agent, 'agent.first@posta.example');
    const token = await asked(agent, 'agent.second@posta.example');
    const here = await site(ks);
    expect(await refusalsOf([here.accounts.confirmEmailChange({ token: first })])).toEqual([brokenLink]);
    await here.accounts.confirmEmailChange({ token });
    expect(await addressesOf(agent)).toMatchObject({ signInEmail: 'agent.second@posta.example' });
    expect(await refusalsOf([here.accounts.resetPassword({ token: reset.token, password: 'seven swans a swimming' })])).toEqual([brokenLink]);
  });

  it('that is taken answers and mails like a free one; only who reads that mailbox hears that it is', async () => {
    const [{ member: asker }, { member: owner }] = [ks.branches[1], ks.branches[0]];
    const taken = (await addressesOf(owner))?.signInEmail ?? '';
    const caller = callerFor(await scopeOf(ks, asker));
    const free = await caller.accounts.requestEmailChange({ email: 'nobody.yet@posta.example' });
    expect(await caller.accounts.requestEmailChange({ email: taken })).toEqual(free);
    expect([(await mailsTo('nobody.yet@posta.example', 'email-change')).length, (await mailsTo(taken, 'email-change')).length]).toEqual([1, taken === '' ? 0 : 2]);
    const { token } = linkIn((await mailsTo(taken, 'email-change')).at(-1)?.text ?? '');
    expect(await refusalsOf([(await site(ks)).accounts.confirmEmailChange({ token })])).toEqual(['CONFLICT errors.account.emailTaken']);
    expect([(await addressesOf(owner))?.signInEmail, (await addressesOf(asker))?.signInEmail]).toEqual([taken, asker.email]);
    // in the other country it is a stranger's address like any other
    const abroad = world.current.mk.branches[0].member;
    await callerFor(await scopeOf(world.current.mk, abroad)).accounts.requestEmailChange({ email: taken });
  });

  it('needs a fresh proof, a mailbox of its own spelling, and few tries', async () => {
    const { promoter } = ks;
    const scope = await scopeOf(ks, promoter);
    const stale = callerFor({ ...scope, verifiedAt: new Date(Date.now() - 11 * 60_000) });
    expect(await refusalsOf([stale.accounts.requestEmailChange({ email: 'thief@posta.example' })])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
    expect(await mailsTo('thief@posta.example', 'email-change')).toHaveLength(0);
    const caller = callerFor(scope);
    expect(await refusalsOf([caller.accounts.requestEmailChange({ email: promoter.email })])).toEqual(['INVALID errors.account.emailSame']);
    for (const odd of ['"a@b"@posta.example', 'a＠posta.example', 'a@posta.example.', 'а@posta.example']) await expect(caller.accounts.requestEmailChange({ email: odd })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const answers: string[] = [];
    for (let index = 0; index < 6; index += 1) answers.push(...(await refusalsOf([caller.accounts.requestEmailChange({ email: `try${String(index)}@posta.example` })])));
    expect(answers.at(-1)).toBe('RATE_LIMITED errors.rateLimited');
  });

  it('of somebody who was shut out in the meantime stays', async () => {
    const { manager } = ks.branches[1];
    const token = await asked(manager, 'late@posta.example');
    await withTenant(system, (tx) => tx.update(user).set({ status: 'disabled' }).where(and(eq(user.tenantId, ks.id), eq(user.id, manager.id))));
    expect(await refusalsOf([(await site(ks)).accounts.confirmEmailChange({ token })])).toEqual([brokenLink]);
    expect(await addressesOf(manager)).toMatchObject({ signInEmail: manager.email });
  });
});
