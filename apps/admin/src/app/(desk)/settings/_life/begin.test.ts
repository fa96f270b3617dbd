import { countryPacks, packRule } from '@interdomestik/rules/country-packs';
import { ruleToJson } from '@interdomestik/rules/rule-sets';
import { describe, expect, it } from 'vitest';
import { withValue } from '../_editors/paths';
import { beginOf } from './begin';

const [pack] = countryPacks;
if (pack === undefined) throw new Error('there is no country pack');
const limits = ruleToJson(packRule(pack, 'limits'));
const inForce = { version: 1, source: 'tenant' as const, value: limits, effectiveFrom: new Date(0) };
const next = withValue(limits, 'login.attempts', 9);

describe('what a new draft begins from', () => {
  it('is the newest version, even before its time has come', () => {
    expect(beginOf('limits', null, { inForce, newest: { version: 2, value: next } }, limits)).toEqual(next);
    expect(beginOf('limits', null, { inForce, newest: null }, limits)).toEqual(limits);
  });

  it('is what a branch overrides, laid over the country’s document of now', () => {
    const begun = beginOf('limits', 'b', { inForce, newest: { version: 1, value: { upload: { perClaim: 7 } } } }, next);
    expect(begun).toMatchObject({ upload: { perClaim: 7 }, login: { attempts: 9 } });
    expect(beginOf('limits', 'b', { inForce, newest: null }, next)).toEqual(next);
  });

  it('is what is in force when the newest cannot be read any more', () => {
    expect(beginOf('limits', null, { inForce, newest: { version: 2, value: {} } }, limits)).toEqual(limits);
  });
});
