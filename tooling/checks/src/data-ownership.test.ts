import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { document, factFaults, readSchema, renderOwnership, type Facts, type Tag } from './data-ownership';
import { repoRoot, textOf } from './repository';

const tag = (data: string): Tag => ({ data, basis: 'contract', retention: 'claim' });
const sample: Facts = {
  scope: 'tenant', branchScoped: true, owner: 'claims', personal: ['note'], basis: 'contract', retention: 'claim', audited: true, subject: 'user_id',
  columns: { tenant_id: tag('none'), id: tag('none'), user_id: tag('link'), note: tag('personal') },
};

test('every table has facts, every column a tag, every fact and tag a table and a column', async () => {
  const { facts, columns } = await readSchema();
  expect(factFaults(facts, columns)).toEqual([]);
});

test('docs/data-ownership.md is what the schema says; otherwise: npm run generate', async () => {
  const { facts } = await readSchema();
  expect(existsSync(join(repoRoot, document)) ? textOf(document) : '').toBe(renderOwnership(facts));
});

test('goes red on a table without facts, a fact without a table, a column without a tag, a tag without a column', () => {
  const columns = { claims: ['tenant_id', 'id', 'user_id', 'note'], leads: ['tenant_id'] };
  expect(factFaults({ claims: sample }, { claims: columns.claims })).toEqual([]);
  expect(factFaults({ claims: sample }, columns).join()).toContain('leads has no facts');
  expect(factFaults({ claims: sample, gone: sample }, { claims: columns.claims }).join()).toContain('gone has facts but is not in the schema');
  expect(factFaults({ claims: sample }, { claims: [...columns.claims, 'phone'] }).join()).toContain('claims.phone has no tag');
  expect(factFaults({ claims: sample }, { claims: ['tenant_id', 'id', 'user_id'] }).join()).toContain('claims.note is tagged but does not exist');
  expect(factFaults({ claims: { ...sample, personal: [] } }, { claims: columns.claims }).join()).toContain('does not mask exactly');
  expect(factFaults({ claims: { ...sample, subject: 'nobody' } }, { claims: columns.claims }).join()).toContain('does not say how the rows of one are found');
  expect(factFaults({ claims: sample }, { claims: ['id', 'note'] }).join()).toContain('has no tenant_id');
  expect(factFaults({ claims: { ...sample, personal: ['first_name'], basis: 'none', columns: { tenant_id: tag('none'), first_name: tag('personal') } } }, { claims: ['tenant_id', 'first_name'] }).join()).toContain('without a legal basis');
});

test('goes red when a fact changes', () => {
  expect(renderOwnership({ claims: sample })).not.toBe(renderOwnership({ claims: { ...sample, retention: 'tax' } }));
  expect(renderOwnership({ claims: sample })).not.toBe(renderOwnership({ claims: { ...sample, columns: { ...sample.columns, note: tag('sensitive') } } }));
});
