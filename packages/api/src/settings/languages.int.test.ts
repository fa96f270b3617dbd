import { expect, it } from 'vitest';
import { askerOf, contextOf } from '../http';
import { letterheadOf } from '../mails';
import { callerFor, publishRule, scopeOf, testPasswords, useWorld, visitorOf } from '../testing';
import { languagesOf } from './languages';

const world = useWorld();

it('the languages of a country act as published, in requests, profiles and letters, and nowhere else', async () => {
  const { mk, ks } = world.current;
  const [here, there] = [await visitorOf(ks), await visitorOf(mk)];
  const ask = async (acceptLanguage: string, now: Date) => {
    const asker = askerOf({ get: (name) => (name === 'accept-language' ? acceptLanguage : null) });
    return (await contextOf('member', asker, { host: 'tenant', site: here, scope: null, platform: null, pending: null }, testPasswords, now)).locale;
  };
  const now = new Date();
  const later = new Date(now.getTime() + 3_600_000);
  expect([await ask('sr', now), await ask('mk', now)]).toEqual(['sr', 'sq']);
  const before = await languagesOf(there, now);
  await publishRule(ks, 'languages', 2, { default: 'en', offered: ['en', 'sq'] }, new Date(now.getTime() + 60_000));
  // not before its minute
  expect(await ask('sr', now)).toBe('sr');
  expect([await ask('sr', later), await ask('sq', later)]).toEqual(['en', 'sq']);
  expect((await letterheadOf(here, later)).locale).toBe('en');
  expect((await callerFor(await scopeOf(ks, ks.admin), { now: later }).accounts.me()).tenant?.locales).toEqual(['en', 'sq']);
  expect(await languagesOf(there, later)).toEqual(before);
});
