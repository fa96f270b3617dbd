import { and, eq } from 'drizzle-orm';
import { withTenant } from '@interdomestik/db';
import { tenantSettings, user } from '@interdomestik/db/schema';
import { newId, parseDateOnly } from '@interdomestik/rules';
import { addColleague } from '../attacks/people';
import { callerFor, scopeOf, systemScopeOf } from '../testing';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { toolsAttacks } from './tools.attack';

// what a branch has its own way is its own: two places never write at one draft
const caller = async ({ scopeOf: scopeAs }: Place) => callerFor(await scopeAs('admin'), { ip: newId() });

/** Nothing is open or scheduled of a kind, so that the next call finds it as the first did. */
async function clear(place: Place, kind: 'limits' | 'enrolment'): Promise<void> {
  const admin = await caller(place);
  for (const { id, revision, state } of (await admin.settings.kind({ kind, branchId: place.branch.id })).versions) {
    if (state === 'draft' || state === 'validated' || state === 'approved') await admin.settings.discardDraft({ id, revision });
    if (state === 'scheduled') await admin.settings.withdraw({ id });
  }
}

const limitsOf = (place: Place, perClaim = 3) => ({ kind: 'limits' as const, branchId: place.branch.id, value: { upload: { perClaim } }, note: place.word });

async function newDraft(place: Place, perClaim = 3): Promise<{ id: string; revision: number }> {
  await clear(place, 'limits');
  const { id, revision } = await (await caller(place)).settings.saveDraft({ ...limitsOf(place, perClaim), id: null, revision: null });
  return { id, revision };
}

async function published(place: Place, perClaim: number, effectiveFrom: Date | null) {
  const draft = await newDraft(place, perClaim);
  return await (await caller(place)).settings.publish({ ...draft, effectiveFrom });
}

/** A checked draft of somebody else, of a kind that needs a second person. */
async function waiting(place: Place): Promise<{ id: string; revision: number }> {
  const { tenant, branch, word } = place;
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(tenantSettings).values({
      tenantId: tenant.id, id: newId(), kind: 'governance', version: 2, status: 'published', value: { secondPersonFor: ['enrolment'], simulateFor: [] }, effectiveFrom: new Date('2021-01-01T00:00:00Z'),
    }).onConflictDoNothing();
  });
  await clear(place, 'enrolment');
  const colleague = await addColleague(tenant, { role: 'tenant_admin', branchId: null, firstName: word });
  const author = callerFor(await scopeOf(tenant, colleague));
  const { id, revision } = await author.settings.saveDraft({ kind: 'enrolment', branchId: branch.id, id: null, revision: null, value: { minimumAge: 17 }, note: word });
  await author.settings.validateDraft({ id, revision });
  // has left since: an admin of the country may handle the claims of every branch, and would be seen in them
  await withTenant(await systemScopeOf(tenant), (tx) => tx.update(user).set({ status: 'disabled' }).where(and(eq(user.tenantId, tenant.id), eq(user.id, colleague.id))));
  return { id, revision };
}

/** The first of two versions that the branch has published. */
async function earlier(place: Place) {
  const { version } = await published(place, 3, null);
  await published(place, 4, null);
  return { kind: 'limits' as const, branchId: place.branch.id, version, note: place.word };
}

export const settingsAttacks: AttacksOn<'settings'> = {
  ...toolsAttacks,
  rules: { by: 'admin' },
  overview: { by: 'admin', wide: 'the drafts and scheduled versions of every branch are the tenant’s own to decide' },
  kind: { by: 'admin', of: 'tenant', input: ({ branch }) => ({ kind: 'limits', branchId: branch.id }), values: ['branchId'] },
  version: { by: 'admin', of: 'tenant', input: async (place) => ({ id: (await newDraft(place)).id }), values: ['id'] },
  previewPlans: { by: 'admin', input: ({ tenant }) => ({ value: tenant.pack.rules.products, locale: 'en', channel: 'self_service' }) },
  previewQuote: {
    by: 'admin',
    input: ({ tenant, branch }) => ({
      value: tenant.pack.rules.products, locale: 'en',
      request: { planCode: 'asistenca', channel: 'self_service', currency: 'EUR', on: parseDateOnly('2026-06-01'), people: 1, facts: { branch: branch.code } },
    }),
  },
  saveDraft: { by: 'admin', of: 'tenant', input: async (place) => ({ ...limitsOf(place, 5), ...(await newDraft(place)) }), values: ['id', 'branchId'] },
  why: { by: 'admin', of: 'tenant', input: ({ branch }) => ({ kind: 'limits', branchId: branch.id, path: 'upload.perClaim' }), values: ['branchId'] },
  rebase: { by: 'admin', of: 'tenant', input: async (place) => ({ ...(await newDraft(place)), keep: null }), values: ['id'] },
  discardDraft: { by: 'admin', of: 'tenant', input: (place) => newDraft(place), values: ['id'] },
  validateDraft: { by: 'admin', of: 'tenant', input: (place) => newDraft(place), values: ['id'] },
  approve: { by: 'admin', of: 'tenant', input: waiting, values: ['id'] },
  publish: { by: 'admin', of: 'tenant', input: async (place) => ({ ...(await newDraft(place)), effectiveFrom: null }), values: ['id'] },
  withdraw: { by: 'admin', of: 'tenant', input: async (place) => ({ id: (await published(place, 3, new Date(Date.now() + 86_400_000))).id }), values: ['id'] },
  rollback: { by: 'admin', of: 'tenant', input: earlier, values: ['branchId'] },
};
