import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { document, factFaults, readSchema, renderOwnership, type Facts } from './data-ownership';
import { repoRoot, textOf } from './repository';

const sample: Facts = { scope: 'tenant', branchScoped: true, owner: 'claims', personal: ['note'], basis: 'contract', retention: 'claim', audited: true };

test('every table has facts, and every fact a table', async () => {
  const { facts, columns } = await readSchema();
  expect(factFaults(facts, columns)).toEqual([]);
});

test('docs/data-ownership.md is what the schema says; otherwise: npm run generate', async () => {
  const { facts } = await readSchema();
  expect(existsSync(join(repoRoot, document)) ? textOf(document) : '').toBe(renderOwnership(facts));
});

test('goes red on a table without facts, a fact without a table, a column that is not there', () => {
  const columns = { claims: ['tenant_id', 'id', 'note'], leads: ['tenant_id'] };
  expect(factFaults({ claims: sample }, columns).join()).toContain('leads has no facts');
  expect(factFaults({ claims: sample, gone: sample }, { claims: columns.claims }).join()).toContain('gone has facts but is not in the schema');
  expect(factFaults({ claims: { ...sample, personal: ['nothing'] } }, { claims: columns.claims }).join()).toContain('claims.nothing is called personal');
  expect(factFaults({ claims: sample }, { claims: ['id', 'note'] }).join()).toContain('has no tenant_id');
  expect(factFaults({ claims: { ...sample, personal: ['first_name'], basis: 'none' } }, { claims: ['tenant_id', 'first_name'] }).join()).toContain('without a legal basis');
});

test('goes red when a fact changes', () => {
  expect(renderOwnership({ claims: sample })).not.toBe(renderOwnership({ claims: { ...sample, retention: 'tax' } }));
});
