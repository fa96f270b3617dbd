import { expect, test } from 'vitest';
import { countryFaults } from './country-facts';
import { sources } from './repository';
import { report, source } from './source';

const path = 'packages/api/src/claims/service.ts';

test('no country facts outside the packs and seeds', () => {
  expect(report(sources().flatMap(countryFaults))).toBe('');
});

test.each([
  ["const id = 'tenant_mk';", 'a tenant id'],
  ['const path = `pii/tenants/tenant_ks/${id}`;', 'a tenant id'],
  ["const list = ['XK'];", 'a country code'],
  ["const home = { code: 'MK' };", 'a country code'],
  ["open('ks');", 'a host of a tenant'],
  ["if (tenant.country === 'MK') go();", 'a branch by country'],
  ["if ('mk' !== scope.tenantSlug) go();", 'a branch by country'],
  ["switch (country) { case 'MK': break; }", 'a branch by country'],
  ['const vatRate = 18;', 'a price or a percentage'],
  ['const plan = { priceMinor: 2000n };', 'a price or a percentage'],
  ['const rules = { feePercent: 15 };', 'a price or a percentage'],
])('goes red: %s', (text, message) => {
  expect(report(countryFaults(source(path, text)))).toContain(message);
});

test.each([
  [path, "if (locale === 'mk') go();"],
  [path, "const languages = ['mk', 'sq'];"],
  [path, 'const plan = { priceMinor: rule.priceMinor, fee: 0n };'],
  ['packages/rules/src/country-packs/a.ts', "export const id = 'tenant_mk';"],
  ['packages/api/src/claims/service.int.test.ts', "const id = 'tenant_mk';"],
  [path, "const id = 'tenant_mk'; // check-allow country-facts: a sample with a reason"],
])('stays green: %s %s', (where, text) => {
  expect(report(countryFaults(source(where, text)))).toBe('');
});
