import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { permissionDocument, readPermissions, renderPermissions, type PermissionFacts } from './permission-page';
import { repoRoot, textOf } from './repository';

const sample: PermissionFacts = { permission: 'claims.handle', text: 'Decide claims.', reach: { manager: 'branch', agent: null }, grantable: 'branch', includes: ['claims.read'], fresh: false };

test('docs/permissions.md is what the permission table says; otherwise: npm run generate', async () => {
  expect(existsSync(join(repoRoot, permissionDocument)) ? textOf(permissionDocument) : '').toBe(renderPermissions(await readPermissions()));
});

test('says every permission of every role, and nothing of a role that lacks it', () => {
  expect(renderPermissions([sample])).toContain('| `claims.handle` | branch | - | branch or all | Decide claims. Brings along `claims.read`. |');
});

test.each<[string, Partial<PermissionFacts>]>([
  ['a role', { reach: { manager: 'branch', agent: 'own' } }], ['a reach', { reach: { manager: 'tenant', agent: null } }], ['where it can be granted', { grantable: 'tenant' }],
  ['what it brings along', { includes: [] }], ['its text', { text: 'Else.' }], ['that it asks for a fresh proof', { fresh: true }],
])('goes red when %s changes', (_, change) => {
  expect(renderPermissions([{ ...sample, ...change }])).not.toBe(renderPermissions([sample]));
});
