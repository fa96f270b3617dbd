import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { callerFor, scopeOf, useTestSettings, useWorld, visitorOf } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
afterEach(() => { useTestSettings({ SMTP_URL: undefined, APP_ENV: 'test' }); });

async function written() {
  const { mk } = world.current;
  const email = `${newId()}@example.com`;
  await callerFor(await scopeOf(mk, mk.admin)).staff.invite({ email, firstName: 'Mail', lastName: 'Box', role: 'agent', branchId: mk.branches[0].id });
  const site = await visitorOf(mk);
  const mail = (await callerFor(site).mailbox.list()).find(({ to }) => to === email);
  if (mail === undefined) throw new Error('no mail was kept');
  return { site, mail };
}

describe('the mailbox', () => {
  it('I-15 shows the mails of the host\'s tenant alone', async () => {
    const { ks } = world.current;
    const { site, mail } = await written();
    const stranger = callerFor(await visitorOf(ks));
    expect((await stranger.mailbox.list()).map(({ id }) => id)).not.toContain(mail.id);
    expect(await refusalsOf([stranger.mailbox.get({ id: mail.id }), stranger.mailbox.get({ id: newId() }), callerFor(null).mailbox.list()])).toEqual(Array.from({ length: 3 }, () => 'NOT_FOUND errors.notFound'));
    expect(await callerFor(site).mailbox.get({ id: mail.id })).toMatchObject({ template: 'staff-invitation', text: expect.stringMatching(/invitation\?token=/u), html: expect.stringMatching(/^<!doctype html/iu) });
  });

  it.each([{ SMTP_URL: 'smtp://mail.example.com' }, { APP_ENV: 'production' as const }])('S-17 does not exist with %j', async (settings) => {
    const { site, mail } = await written();
    useTestSettings(settings);
    expect(await refusalsOf([callerFor(site).mailbox.list(), callerFor(site).mailbox.get({ id: mail.id })])).toEqual(['NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound']);
  });
});
