import { conflict, DomainError, invalid, newestPublished, type RuleIssue } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { notifyRole } from '../notifications';
import { issuesOf, publishedFrom, surroundingsOf } from './check';
import { openVersion, reread, thisVersion } from './drafts';
import { assertGates, assertSecondPerson, needsOf } from './gates';
import { forgetRules } from './rules';
import { authorOf, lockRules, type VersionRow, type VersionView } from './versions';

export interface AtRevision {
  readonly id: string;
  readonly revision: number;
}

/** Where the settings show it: the open draft with its approval, or the version of the history. */
function hrefOf(row: VersionRow, open: boolean): string {
  const query = new URLSearchParams({ ...(row.branchId === null ? {} : { branch: row.branchId }), ...(open ? { draft: '1' } : { version: String(row.version) }) });
  return `/settings/${row.kind}?${query.toString()}`;
}

/** The others who may change rules hear of it. */
async function tellOthers(tx: Tx, scope: TenantScope, row: VersionRow, kind: 'settings.approval_wanted' | 'settings.published'): Promise<void> {
  const except = authorOf(scope);
  await notifyRole(tx, scope, { role: 'tenant_admin', ...(except === null ? {} : { except }) }, {
    kind, params: { rule: row.kind, version: row.version }, href: hrefOf(row, kind === 'settings.approval_wanted'), effectKey: `${kind}:${row.id}:${String(row.revision)}`,
  });
}

/**
 * Looks for everything that is wrong with a draft as it would act now. One without a fault counts as checked, and where a second person must agree, the
 * others are told. Answers the issues either way.
 */
export async function validateDraft(scope: TenantScope, input: AtRevision, now: Date): Promise<{ issues: RuleIssue[]; version: VersionView }> {
  return await withTenant(inAction(scope, 'settings.validateDraft'), async (tx) => {
    await lockRules(tx, scope);
    const { row, kind, branchId, value } = await openVersion(tx, scope, input, 'validate', now);
    const around = await surroundingsOf(tx, scope, kind, now);
    const issues = issuesOf(around, { kind, branchId, value }, now);
    if (issues.length === 0 && row.status === 'draft') {
      await tx.update(tenantSettings).set({ status: 'validated', validatedAt: now, updatedAt: now }).where(thisVersion(scope, row.id));
      if (needsOf(around.published, kind, now).secondPerson) await tellOthers(tx, scope, row, 'settings.approval_wanted');
    }
    return { issues, version: await reread(tx, scope, row, now) };
  });
}

/** A second person agrees to exactly this document. Throws FORBIDDEN for whoever wrote it, CONFLICT unless it was checked and where nobody has to agree. */
export async function approveDraft(scope: TenantScope, input: AtRevision, now: Date): Promise<VersionView> {
  return await withTenant(inAction(scope, 'settings.approve'), async (tx) => {
    await lockRules(tx, scope);
    const { row, kind } = await openVersion(tx, scope, input, 'approve', now);
    if (!needsOf(await publishedFrom(tx, scope, now), kind, now).secondPerson) throw conflict('errors.rule.noApprovalNeeded');
    assertSecondPerson(scope, row);
    await tx.update(tenantSettings).set({ status: 'approved', approvedBy: authorOf(scope), approvedAt: now, updatedAt: now }).where(thisVersion(scope, row.id));
    return await reread(tx, scope, row, now);
  });
}

/** When it acts: now, or later than every version before it, so that no version is overtaken by an older one. */
function effectiveOf(versions: readonly VersionRow[], wanted: Date | null, now: Date): Date {
  if (wanted !== null && wanted < now) throw invalid('effectiveFrom', 'errors.rule.past');
  const at = wanted ?? now;
  const before = newestPublished(versions)?.effectiveFrom ?? null;
  if (before !== null && before >= at) throw conflict(before > now ? 'errors.rule.scheduledBefore' : 'errors.tryAgain');
  return at;
}

function assertNoIssues(issues: readonly RuleIssue[]): void {
  const [first] = issues;
  if (first !== undefined) throw new DomainError('INVALID', first.key, { field: first.field, params: first.params });
}

/**
 * Publishes a draft: it acts from now or from a later instant on, in every process within two seconds, and its document never changes
 * again. Everything is looked at once more at this moment. Throws INVALID for a fault, with its place, and for a time that has passed; CONFLICT
 * `errors.rule.outdated` when another version was published since the draft began, `errors.rule.scheduledBefore` when one is scheduled for later, and as the gates do.
 */
export async function publishDraft(scope: TenantScope, input: AtRevision & { readonly effectiveFrom: Date | null }, now: Date): Promise<VersionView> {
  const view = await withTenant(inAction(scope, 'settings.publish'), async (tx) => {
    await lockRules(tx, scope);
    const { row, versions, value } = await openVersion(tx, scope, input, 'publish', now);
    return await publishOpen(tx, scope, { row, versions, value, effectiveFrom: input.effectiveFrom }, now);
  });
  forgetRules(scope.tenantId);
  return view;
}

/** The publishing itself, of an open version that is locked. */
export async function publishOpen(tx: Tx, scope: TenantScope, open: { readonly row: VersionRow; readonly versions: readonly VersionRow[]; readonly value: unknown; readonly effectiveFrom: Date | null }, now: Date): Promise<VersionView> {
  const { row, versions, value } = open;
  if ((newestPublished(versions)?.version ?? null) !== row.baseVersion) throw conflict('errors.rule.outdated');
  const effectiveFrom = effectiveOf(versions, open.effectiveFrom, now);
  const around = await surroundingsOf(tx, scope, row.kind, now);
  assertNoIssues(issuesOf(around, { ...row, value }, effectiveFrom));
  assertGates(around.published, row, value, now);
  await tx.update(tenantSettings).set({ status: 'published', effectiveFrom, publishedBy: authorOf(scope), publishedAt: now, updatedAt: now }).where(thisVersion(scope, row.id));
  await tellOthers(tx, scope, row, 'settings.published');
  return await reread(tx, scope, row, now);
}
