import { and, count, eq, gt, ne, or } from 'drizzle-orm';
import {
  can, conflict, forbidden, invalid, isClosed, newId, notFound, unauthenticated, type ResolvedRule,
} from '@interdomestik/rules';
import { inAction, readTenant, resolveScope, scopeFor, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { cashDeposits, claims, documents, policies, user } from '@interdomestik/db/schema';
import { clockOf, completeSince } from '../claims/clock';
import { addClaimEvent } from '../claims/events';
import { factsOfClaim } from '../claims/facts';
import { storedKinds } from '../claims/pack';
import { rulesOfClaim } from '../claims/rules';
import type { Context } from '../context';
import { askerOf } from '../http/asker';
import type { Identify } from '../http/request-context';
import { logFailure } from '../log';
import { ruleOf } from '../settings/rules';
import { allowedMimes, createUploadHandler, storagePath, type AnnouncedFile, type ArrivedFile, type Storage, type UploadGrant, type UploadInput } from '../vendors/storage';
import { fileStore } from './store';

/** The row that a file is hung on. */
interface Target {
  readonly userId: string;
  readonly branchId: string;
  /** Of a claim; null for what has no states. */
  readonly status: string | null;
}

/** An announced file that never arrived counts for this long, so that a broken upload does not use up the limit for ever. */
const pendingMs = 3_600_000;

/** What the upload may be hung on, in the sight of the scope; everything else, a made document's entity too, looks missing. */
async function targetOf(tx: Tx, scope: TenantScope, { entity, entityId }: UploadInput): Promise<Target> {
  const found = async (): Promise<{ userId: string; branchId: string | null; status: string | null } | undefined> => {
    if (entity === 'claim') {
      const handedIn = scope.reach.kind === 'self' ? undefined : ne(claims.status, 'draft');
      const [row] = await tx.select({ userId: claims.userId, branchId: claims.branchId, status: claims.status }).from(claims).where(and(visible(scope, claims), eq(claims.id, entityId), handedIn));
      return row;
    }
    if (entity === 'policy') {
      const [row] = await tx.select({ userId: policies.userId, branchId: policies.branchId }).from(policies).where(and(visible(scope, policies), eq(policies.id, entityId)));
      return row && { ...row, status: null };
    }
    if (entity === 'deposit') {
      if (!can(scope.permissions, 'cash.verify')) return undefined;
      const [row] = await tx.select({ userId: cashDeposits.bankedBy, branchId: cashDeposits.branchId }).from(cashDeposits).where(and(visible(scope, cashDeposits), eq(cashDeposits.id, entityId)));
      return row && { ...row, status: null };
    }
    if (entity !== 'member') return undefined;
    const [row] = await tx.select({ userId: user.id, branchId: user.branchId }).from(user).where(and(visible(scope, user), eq(user.id, entityId)));
    return row && { ...row, status: null };
  };
  const row = await found();
  if (row === undefined || row.branchId === null) throw notFound();
  return { userId: row.userId, branchId: row.branchId, status: row.status };
}

/** A file's name as people see it: one line, no path, no hidden letters. It is shown, never used as a path. */
export function shownName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/u).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, '').replace(/\s+/gu, ' ').trim();
  return clean === '' ? 'document' : [...clean].slice(-150).join('');
}

/**
 * Grants an upload and writes its pending row. Throws NOT_FOUND for what is out of the scope's sight, INVALID on `file` for a type or
 * size beyond the tenant's limits, CONFLICT for a closed claim or one with too many files.
 */
export async function prepareUpload(asker: TenantScope, input: UploadInput, file: AnnouncedFile, now: Date): Promise<UploadGrant> {
  const scope = scopeFor(asker, 'documents.write');
  if (scope === null) throw forbidden();
  const action = inAction(scope, 'documents.prepareUpload');
  const { branchId } = await withTenant(action, (tx) => targetOf(tx, scope, input));
  const limits = await ruleOf(scope, 'limits', now, branchId);
  const rules = input.entity === 'claim' ? await rulesOfClaim(scope, input.entityId, now, { handedIn: false }) : null;
  const { maxBytes, types, perClaim } = limits.value.upload;
  if (!types.includes(file.mime)) throw invalid('file', 'errors.storage.type');
  if (file.sizeBytes > maxBytes) throw invalid('file', 'errors.storage.tooLarge', { maxBytes });
  const documentId = newId();
  const path = storagePath({ tenantId: scope.tenantId, entity: input.entity, entityId: input.entityId, documentId, extension: allowedMimes[file.mime] });
  await withTenant(action, async (tx) => {
    // the lock makes uploads of one claim count one after the other
    if (input.entity === 'claim') await tx.select({ id: claims.id }).from(claims).where(and(visible(scope, claims), eq(claims.id, input.entityId))).for('no key update');
    const target = await targetOf(tx, scope, input);
    if (rules !== null && target.status !== null && isClosed(rules.workflows.value.claims, target.status)) throw conflict('errors.claim.locked');
    const [taken] = await tx.select({ files: count() }).from(documents).where(and(
      visible(scope, documents), eq(documents.entity, input.entity), eq(documents.entityId, input.entityId),
      or(eq(documents.status, 'stored'), and(eq(documents.status, 'pending'), gt(documents.createdAt, new Date(now.getTime() - pendingMs)))),
    ));
    if ((taken?.files ?? 0) >= perClaim) throw conflict('errors.document.tooMany', { maximum: perClaim });
    await tx.insert(documents).values({
      tenantId: scope.tenantId, id: documentId, userId: target.userId, branchId: target.branchId, entity: input.entity, entityId: input.entityId, kind: input.kind ?? 'other', path,
      fileName: shownName(file.name), mime: file.mime, sizeBytes: file.sizeBytes, uploadedBy: scope.actor.kind === 'user' ? scope.actor.id : null, createdAt: now,
    });
  });
  return { tenantId: scope.tenantId, documentId, path, maxBytes };
}

/** Adds an arrived file to its claim's story, and starts the clock when nothing is missing any more. */
async function tellClaim(tx: Tx, scope: TenantScope, document: typeof documents.$inferSelect, rule: ResolvedRule<'workflows'>, now: Date): Promise<void> {
  const here = and(visible(scope, claims), eq(claims.id, document.entityId));
  const [claim] = await tx.select().from(claims).where(here);
  if (claim === undefined) return;
  await addClaimEvent(tx, scope, claim, { kind: 'document', note: document.fileName, actorId: document.uploadedBy, at: now });
  if (claim.submittedAt === null) return;
  const standing = { ...claim, packCompleteAt: completeSince(rule, claim, await storedKinds(tx, scope, claim.id), now) };
  await tx.update(claims).set({ ...clockOf(rule, standing, await factsOfClaim(tx, scope, standing), now), updatedAt: now }).where(here);
}

/**
 * Records what arrived in the store: stored, or rejected with its reason. The store may say it twice; the second time changes nothing.
 * Works with the tenant's own rights, because the store's call has no session: the grant behind it was given to a person.
 */
export async function completeUpload(file: ArrivedFile, now: Date): Promise<void> {
  const scope = await resolveScope({ kind: 'job', tenantId: file.tenantId, job: 'documents.complete' });
  if (scope === null) throw notFound();
  const here = and(visible(scope, documents), eq(documents.id, file.documentId), eq(documents.path, file.path));
  const [announced] = await readTenant(scope, (tx) => tx.select().from(documents).where(here));
  if (announced === undefined) throw notFound();
  if (announced.status !== 'pending') return;
  const rules = announced.entity === 'claim' ? await rulesOfClaim(scope, announced.entityId, now, { handedIn: false }) : null;
  await withTenant(scope, async (tx) => {
    if (announced.entity === 'claim') await tx.select({ id: claims.id }).from(claims).where(and(visible(scope, claims), eq(claims.id, announced.entityId))).for('no key update');
    const outcome = file.status === 'stored'
      ? { status: 'stored', storageKey: file.storageKey, mime: file.mime, sizeBytes: file.sizeBytes, sha256: file.sha256, storedAt: now }
      : { status: 'rejected', rejectReason: file.reason };
    const [changed] = await tx.update(documents).set(outcome).where(and(here, eq(documents.status, 'pending'))).returning();
    if (changed !== undefined && changed.status === 'stored' && rules !== null) await tellClaim(tx, scope, changed, rules.workflows, now);
  });
}

export interface UploadRouteOptions {
  readonly app: Context['app'];
  readonly identify: Identify;
  readonly storage?: Storage;
  readonly clock?: () => Date;
}

/** The route of uploads, for GET and POST of one address: browsers ask it for a grant, the store tells it what arrived. */
export function createUploadRoute({ app, identify, storage = fileStore(), clock = () => new Date() }: UploadRouteOptions): (request: Request) => Promise<Response> {
  return createUploadHandler({
    storage,
    authorise: async (request, input, file) => {
      const { scope } = await identify(askerOf(request.headers), app);
      if (scope === null) throw unauthenticated();
      return await prepareUpload(scope, input, file, clock());
    },
    complete: (file) => completeUpload(file, clock()),
    report: (error) => {
      logFailure('', 'documents.upload', error);
    },
  });
}
