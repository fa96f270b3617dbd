import { birthNumberCheckDigit, newId } from '@interdomestik/rules';
import type { TestTenant } from './world';

let people = 0;

/** What a visitor types to join, valid for the tenant's country; every call is another person. */
export function joinInputOf(tenant: Pick<TestTenant, 'pack' | 'slug'>, changes: Record<string, unknown> = {}) {
  people += 1;
  const mk = tenant.pack.country.code === 'MK';
  const stem = `010199045${String(people % 1000).padStart(3, '0')}`;
  const personalNumber = mk ? `${stem}${String(birthNumberCheckDigit(stem))}` : `1${String(people).padStart(9, '0')}`;
  return {
    planCode: 'asistenca', firstName: 'Arta', lastName: 'Krasniqi', email: `visitor${String(people)}@${tenant.slug}.example`, phone: mk ? '070 123 456' : '044 123 456', personalNumber,
    birthDate: undefined, password: 'nine green bottles hanging', referralCode: undefined, locale: tenant.pack.rules.languages.default,
    consents: { terms: { accepted: true as const, version: 1 }, privacy: { accepted: true as const, version: 1 }, marketing: false }, idempotencyKey: newId(), ...changes,
  };
}
