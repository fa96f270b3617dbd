import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { branches } from '@interdomestik/db/schema';
import { callerFor, scopeOf, settingsOf, systemScopeOf, useWorld } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();

it('a branch is never closed while a rule makes it the default one, however close the two come', async () => {
  const { mk } = world.current;
  const scope = await scopeOf(mk, mk.admin);
  const settings = settingsOf(scope);
  const { enrolment } = mk.pack.rules;
  for (let round = 0; round < 6; round += 1) {
    const code = `annex-${String(round)}`;
    const { id } = await callerFor(scope).branches.create({ code, name: 'Annex', city: 'Debar', address: undefined, phone: undefined });
    const draft = await settings.saveDraft({ kind: 'enrolment', id: null, revision: null, value: { ...enrolment, defaultBranchCode: code }, note: '' });
    expect(draft.issues).toEqual([]);
    const ended = await refusalsOf([settings.publish({ id: draft.id, revision: 1, effectiveFrom: null }), callerFor(scope).branches.close({ id, targetBranchId: null, leaving: [] })]);
    const [row] = await withTenant(await systemScopeOf(mk), (tx) => tx.select({ isActive: branches.isActive }).from(branches).where(and(eq(branches.tenantId, mk.id), eq(branches.id, id))));
    const published = (await settings.version({ id: draft.id })).state === 'in_force';
    expect([published, row?.isActive]).toEqual(published ? [true, true] : [false, false]);
    expect(ended).toEqual(published ? ['done', 'CONFLICT errors.branch.isDefault'] : ['INVALID errors.choice', 'done']);
    if (!published) await settings.discardDraft({ id: draft.id, revision: 1 });
  }
});
