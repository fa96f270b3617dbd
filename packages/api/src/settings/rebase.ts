import { mergeThree, newestPublished, type Clash, type RuleIssue } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { issuesOf, surroundingsOf } from './check';
import { openVersion, reread, storedForm, thisVersion, unchecked, untried } from './drafts';
import { authorOf, lockRules, nextVersion, valuesOf, type VersionView } from './versions';

export interface Rebased {
  readonly version: VersionView;
  /** Places that both have changed, each in its own way; while there are any and nobody has said whose counts, nothing is saved. */
  readonly conflicts: Clash[];
  readonly issues: RuleIssue[];
}

/**
 * Makes the author's changes again on the newest published version, so that a draft which was overtaken can be published without undoing what others
 * did. `keep` says whose change counts where both changed the same place.
 */
export async function rebaseDraft(scope: TenantScope, input: { readonly id: string; readonly revision: number; readonly keep: 'mine' | 'theirs' | null }, now: Date): Promise<Rebased> {
  return await withTenant(inAction(scope, 'settings.rebase'), async (tx) => {
    await lockRules(tx, scope);
    const { row, versions, value, kind, branchId } = await openVersion(tx, scope, input, 'rebase', now);
    const newest = newestPublished(versions);
    const began = versions.find(({ version }) => version === row.baseVersion);
    const values = await valuesOf(tx, scope, [newest?.id, began?.id].filter((id) => id !== undefined));
    const documentOf = (id: string | undefined): unknown => (id === undefined ? {} : storedForm(kind, branchId, values.get(id)));
    const { value: merged, clashes } = mergeThree(documentOf(began?.id), value, documentOf(newest?.id), input.keep ?? 'mine');
    const around = await surroundingsOf(tx, scope, kind, now);
    if (clashes.length > 0 && input.keep === null) return { version: await reread(tx, scope, row, now), conflicts: [...clashes], issues: issuesOf(around, { kind, branchId, value }, now) };
    const overtaken = newest !== undefined && newest.version > row.version;
    await tx.update(tenantSettings).set({
      ...unchecked, ...untried, value: merged, baseVersion: newest?.version ?? null, version: overtaken ? nextVersion(versions) : row.version, revision: row.revision + 1, updatedBy: authorOf(scope), updatedAt: now,
    }).where(thisVersion(scope, row.id));
    return { version: await reread(tx, scope, row, now), conflicts: [], issues: issuesOf(around, { kind, branchId, value: merged }, now) };
  });
}
