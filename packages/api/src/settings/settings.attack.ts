import { withTenant } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { addColleague } from '../attacks/people';
import { callerFor, scopeOf, systemScopeOf } from '../testing';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';

/** A rule that nothing else of a place depends on, with a word of its own. */
const retention = ({ tenant, word }: Place) => ({ ...tenant.pack.rules.retention, lawReference: `${word} 42/20` });

/** Nothing is open or scheduled of a kind, so that the next call finds it as the first did. */
async function clear(place: Place, kind: 'retention' | 'notifications' | 'limits', branchId: string | null = null): Promise<void> {
  const admin = await place.callerOf('admin');
  for (const { id, revision, state } of (await admin.settings.kind({ kind, branchId })).versions) {
    if (state === 'draft' || state === 'validated' || state === 'approved') await admin.settings.discardDraft({ id, revision });
    if (state === 'scheduled') await admin.settings.withdraw({ id });
  }
}

async function newDraft(place: Place): Promise<{ id: string; revision: number }> {
  const admin = await place.callerOf('admin');
  await clear(place, 'retention');
  const { id, revision } = await admin.settings.saveDraft({ kind: 'retention', id: null, revision: null, value: retention(place), note: place.word });
  return { id, revision };
}

async function scheduled(place: Place): Promise<string> {
  const draft = await newDraft(place);
  const admin = await place.callerOf('admin');
  return (await admin.settings.publish({ ...draft, effectiveFrom: new Date(Date.now() + 86_400_000) })).id;
}

/** A checked draft of somebody else, of a kind that needs a second person. */
async function waiting(place: Place): Promise<{ id: string; revision: number }> {
  await clear(place, 'notifications');
  const { tenant, word } = place;
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(tenantSettings).values({
      tenantId: tenant.id, id: newId(), kind: 'governance', version: 2, status: 'published', value: { secondPersonFor: ['notifications'], simulateFor: [] }, effectiveFrom: new Date('2021-01-01T00:00:00Z'),
    }).onConflictDoNothing();
  });
  const author = callerFor(await scopeOf(tenant, await addColleague(tenant, { role: 'tenant_admin', branchId: null, firstName: word })));
  const draft = await author.settings.saveDraft({ kind: 'notifications', id: null, revision: null, value: tenant.pack.rules.notifications, note: word });
  await author.settings.validateDraft({ id: draft.id, revision: draft.revision });
  return { id: draft.id, revision: draft.revision };
}

/** The first of two versions that the branch has published. */
async function earlier(place: Place) {
  const admin = await place.callerOf('admin');
  const at = { kind: 'limits' as const, branchId: place.branch.id };
  await clear(place, 'limits', place.branch.id);
  const versions: number[] = [];
  for (const perClaim of [3, 4]) {
    const { id, revision } = await admin.settings.saveDraft({ ...at, id: null, revision: null, value: { upload: { perClaim } }, note: place.word });
    versions.push((await admin.settings.publish({ id, revision, effectiveFrom: null })).version);
  }
  return { ...at, version: versions[0] ?? 0, note: place.word };
}

export const settingsAttacks: AttacksOn<'settings'> = {
  rules: { by: 'admin' },
  kind: { by: 'admin', of: 'tenant', input: ({ branch }) => ({ kind: 'limits', branchId: branch.id }), values: ['branchId'] },
  version: { by: 'admin', of: 'tenant', input: async (place) => ({ id: (await newDraft(place)).id }), values: ['id'] },
  saveDraft: { by: 'admin', of: 'tenant', input: async (place) => ({ kind: 'retention', ...(await newDraft(place)), value: retention(place), note: place.word }), values: ['id'] },
  discardDraft: { by: 'admin', of: 'tenant', input: newDraft, values: ['id'] },
  validateDraft: { by: 'admin', of: 'tenant', input: newDraft, values: ['id'] },
  approve: { by: 'admin', of: 'tenant', input: waiting, values: ['id'] },
  publish: { by: 'admin', of: 'tenant', input: async (place) => ({ ...(await newDraft(place)), effectiveFrom: null }), values: ['id'] },
  withdraw: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await scheduled(place) }), values: ['id'] },
  rollback: { by: 'admin', of: 'tenant', input: earlier, values: ['branchId'] },
};
