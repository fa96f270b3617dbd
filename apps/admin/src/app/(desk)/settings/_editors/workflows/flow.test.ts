import { mkPack, packRule } from '@interdomestik/rules/country-packs';
import { parseRule, ruleToJson } from '@interdomestik/rules/rule-sets';
import { describe, expect, it } from 'vitest';
import type { StoredRule } from '../editor';
import { moved, newStep, targetsOf } from './flow';

const rule = ruleToJson<'workflows'>(packRule(mkPack, 'workflows')) as StoredRule<'workflows'>;

describe('a workflow that is edited', () => {
  it('offers a new step only where there is none, and asks what closing a case asks', () => {
    expect(targetsOf(rule.claims, 'verification')).toEqual(['draft', 'negotiation', 'court', 'resolved', 'rejected']);
    expect(targetsOf(rule.claims, 'rejected')).toEqual(['draft', 'verification', 'negotiation', 'court']);
    expect(newStep('claims', 'verification', 'rejected')).toMatchObject({ gates: ['rejectReason'], anyOf: ['claims.handle'] });
    expect(newStep('memberships', 'paused', 'expired')).toMatchObject({ gates: [], anyOf: ['memberships.write'] });
    const added = { ...rule, claims: { ...rule.claims, transitions: [...rule.claims.transitions, newStep('claims', 'verification', 'rejected')] } };
    expect(() => parseRule('workflows', added)).not.toThrow();
  });

  it('moves an entry one place', () => {
    expect([moved(['a', 'b', 'c'], 2, -1), moved(['a', 'b', 'c'], 0, 1)]).toEqual([['a', 'c', 'b'], ['b', 'a', 'c']]);
  });
});
