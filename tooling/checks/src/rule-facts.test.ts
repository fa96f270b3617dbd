import { expect, test } from 'vitest';
import { countryFaults } from './country-facts';
import { repositoryFiles, sources } from './repository';
import { ruleFactsAllowed, ruleFaults } from './rule-facts';
import { report, source } from './source';

const path = 'packages/api/src/claims/service.ts';

test('no rule is a number outside the rules, the packs and the seeds', () => {
  expect(report(sources().flatMap(ruleFaults))).toBe('');
});

test('every place that is let off exists', () => {
  const files = repositoryFiles();
  expect(ruleFactsAllowed.filter((folder) => !files.some((file) => file.startsWith(folder)))).toEqual([]);
});

// what the issue calls hard-coded: a price, a percentage, a tenant id, a branch by country, a time zone
test.each([
  ['const fee = { percentBp: 1800 };', 'a price or a percentage'],
  ["const price = { minor: '2000', currency };", 'an amount'],
  ['const price = { minor: 2000, currency };', 'a price or a percentage'],
  ['const vat = Number(net) * 0.18;', 'a share of an amount'],
  ['const vat = 0.05 * net;', 'a share of an amount'],
  ['const vat = net * 18 / 100;', 'a share of an amount'],
  ['const vat = (net * 1800n) / 10_000n;', 'a share of an amount'],
  ['const price = money(2000n, currency);', 'an amount'],
  ['const price = 2000n;', 'an amount'],
  ['if (sale.amountMinor > 150000n) refuse();', 'an amount'],
  ['const row = { amountMinor: 2000n };', 'an amount'],
  ['function charge(fee = 2500n) {}', 'an amount'],
  ["const id = 'tenant_mk';", 'a tenant id'],
  ["if (countryCode === 'MK') go();", 'a branch by country'],
  ["const zone = 'Europe/Skopje';", 'a time zone of a country'],
  ['const zone = `Europe/Belgrade`;', 'a time zone of a country'],
])('goes red: %s', (text, message) => {
  for (const where of [path, 'apps/member/src/app/(public)/plans/page.tsx', 'packages/rules/src/products/products.ts', 'tooling/up/src/seed.ts']) {
    const file = source(where, text);
    expect(report([...ruleFaults(file), ...countryFaults(file)])).toContain(message);
  }
});

test.each([
  [path, 'const vat = divideHalfUp(gross * rateBp, 10_000n);'],
  [path, 'const half = (amount + 1n) / 2n;'],
  [path, 'const none = { minor: 0n, currency }; const one = money(100n, currency);'],
  [path, 'const shown = value / 100;'],
  [path, 'const bytes = 5n * 1024n; const wait = seconds * 1000;'],
  ['packages/rules/src/country-packs/mk.ts', "const price = { minor: '2000' };"],
  ['packages/rules/src/rule-sets/products.ts', 'const fee = { percentBp: 1800 };'],
  ['packages/db/src/seed/sales.ts', 'const row = { amountMinor: 2000n };'],
  ['packages/api/src/claims/service.int.test.ts', 'const row = { amountMinor: 2000n };'],
  [path, 'const row = { amountMinor: 2000n }; // check-allow rule-facts: a sample with a reason'],
])('stays green: %s %s', (where, text) => {
  expect(report(ruleFaults(source(where, text)))).toBe('');
});
