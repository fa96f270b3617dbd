import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveScope, withTenant, type TenantScope } from '@interdomestik/db';
import { claims, documentAccesses, documents, sessions, tenantSettings } from '@interdomestik/db/schema';
import { newId, todayIn } from '@interdomestik/rules';
import { forgetRules } from '../settings/rules';
import { callerFor, giveMembership, memoryStorage, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';
import type { AnnouncedFile, ArrivedFile, UploadGrant } from '../vendors/storage';
import { openDocument } from './service';
import { completeUpload, prepareUpload, shownName } from './upload';

const world = useWorld();
const storage = memoryStorage();

let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
let own: TenantScope;
let member: TestPerson;
const photo: AnnouncedFile = { name: 'photo.jpg', sizeBytes: 1000, mime: 'image/jpeg' };
const start = async (person: TestPerson = member, tenant: TestTenant = ks) => (await callerFor(await scopeOf(tenant, person)).claims.start({ category: 'vehicle' })).id;
const drop = (tenant: TestTenant) => systemScopeOf(tenant).then((scope) => withTenant(scope, (tx) => tx.update(claims).set({ status: 'rejected' }).where(and(eq(claims.tenantId, tenant.id), eq(claims.status, 'draft'))).then(() => undefined)));
const arrived = (grant: UploadGrant, changes: Partial<ArrivedFile> = {}): ArrivedFile => ({ tenantId: grant.tenantId, documentId: grant.documentId, path: grant.path, storageKey: `key:${grant.path}`, fileName: 'photo.jpg', status: 'stored', mime: 'image/jpeg', sizeBytes: 900, sha256: 'a'.repeat(64), ...changes }) as ArrivedFile;
/** A file that a member handed in and the store has confirmed. */
const upload = async (claimId: string, kind: 'photos' | 'estimate' | 'accident_statement' = 'photos', scope: TenantScope = own) => {
  const grant = await prepareUpload(scope, { entity: 'claim', entityId: claimId, kind }, photo, new Date());
  storage.files.set(grant.path, new Uint8Array([1]));
  await completeUpload(arrived(grant), new Date());
  return grant.documentId;
};
const accesses = (documentId: string) => withTenant(system, (tx) => tx.select().from(documentAccesses).where(and(eq(documentAccesses.tenantId, ks.id), eq(documentAccesses.documentId, documentId))));
const row = async (id: string) => (await withTenant(system, (tx) => tx.select().from(documents).where(and(eq(documents.tenantId, ks.id), eq(documents.id, id)))))[0];
const submitted = async () => {
  const id = await start();
  const { idempotencyKey, ...words } = { idempotencyKey: newId(), category: 'vehicle' as const, incidentOn: todayIn(ks.pack.zone, new Date()), counterparty: 'Siguria', description: 'A car hit mine from behind at the lights.' };
  await callerFor(own).claims.submit({ id, ...words, idempotencyKey });
  return id;
};

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
  member = ks.branches[0].member;
  own = await scopeOf(ks, member);
  await giveMembership(ks, member, { planCode: 'group' });
});

describe('who may not', () => {
  it('I-26 a document of another tenant, branch or member is not there: not to read, not to list, not to ask of', async () => {
    const claimId = await submitted();
    const id = await upload(claimId);
    const strangers = [
      await scopeOf(mk, mk.admin), await scopeOf(mk, mk.branches[0].member), await scopeOf(ks, ks.branches[1].manager), await scopeOf(ks, ks.branches[1].member), await scopeOf(ks, ks.promoter), await scopeOf(ks, ks.branches[1].agent),
    ];
    for (const scope of strangers) {
      await expect(openDocument(scope, id, storage)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(callerFor(scope).documents.forEntity({ entity: 'claim', entityId: claimId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(callerFor(scope).documents.status({ id })).rejects.toMatchObject({ code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/u) as unknown });
      await expect(prepareUpload(scope, { entity: 'claim', entityId: claimId, kind: 'photos' }, photo, new Date())).rejects.toMatchObject({ code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/u) as unknown });
    }
    // the own agent looks after the member, but sees no papers of a claim
    await expect(openDocument(await scopeOf(ks, ks.branches[0].agent), id, storage)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await accesses(id)).toEqual([]);
    expect(await callerFor(await scopeOf(ks, ks.branches[1].member)).documents.mine()).toEqual([]);
  });

  it('I-26 a missing document and another tenant’s get the same answer', async () => {
    const id = await upload(await submitted());
    const stranger = await scopeOf(mk, mk.admin);
    const tell = async (asked: string) => await callerFor(stranger).documents.readUrl({ id: asked }).then(() => null, (error: { code: string; message: string }) => ({ code: error.code, message: error.message }));
    expect(await tell(id)).toEqual(await tell(newId()));
  });

  it('I-26 a revoked session opens nothing any more', async () => {
    const id = await upload(await submitted());
    const scope = await scopeOf(ks, ks.branches[0].manager);
    await openDocument(scope, id, storage);
    await withTenant(system, (tx) => tx.update(sessions).set({ revokedAt: new Date() }).where(and(eq(sessions.tenantId, ks.id), eq(sessions.id, scope.sessionId ?? ''))).then(() => undefined));
    expect(await resolveScope({ kind: 'session', tenantId: ks.id, sessionId: scope.sessionId ?? '', app: 'admin' })).toBeNull();
    await expect(callerFor(null).documents.readUrl({ id })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('I-26 nobody hangs a file on an invoice, a receipt or somebody else', async () => {
    for (const entity of ['invoice', 'receipt', 'membership'] as const) await expect(prepareUpload(own, { entity, entityId: newId() }, photo, new Date())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(prepareUpload(own, { entity: 'member', entityId: ks.branches[1].member.id }, photo, new Date())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(prepareUpload(own, { entity: 'policy', entityId: newId() }, photo, new Date())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(prepareUpload(own, { entity: 'member', entityId: member.id, kind: 'identity' }, photo, new Date())).resolves.toMatchObject({ tenantId: ks.id });
    const agent = await scopeOf(ks, ks.branches[0].agent);
    await expect(prepareUpload(agent, { entity: 'member', entityId: member.id }, photo, new Date())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('reading', () => {
  it('I-26 gives a link of a minute at most, and the access is on record first', async () => {
    const id = await upload(await submitted());
    for (const scope of [own, await scopeOf(ks, ks.branches[0].manager), await scopeOf(ks, ks.admin)]) {
      const { url, expiresAt } = await openDocument(scope, id, storage);
      expect(url).toContain('expires=60');
      expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(60_000);
    }
    expect((await accesses(id)).map(({ actorId }) => actorId)).toEqual([member.id, ks.branches[0].manager.id, ks.admin.id]);
  });

  it('a document that is still on its way is not ready, a rejected one is gone', async () => {
    const claimId = await submitted();
    const grant = await prepareUpload(own, { entity: 'claim', entityId: claimId, kind: 'photos' }, photo, new Date());
    await expect(openDocument(own, grant.documentId, storage)).rejects.toMatchObject({ code: 'CONFLICT', messageKey: 'errors.document.notReady' });
    expect(await callerFor(own).documents.status({ id: grant.documentId })).toEqual({ status: 'pending', rejectReason: null });
    await completeUpload(arrived(grant, { status: 'rejected', reason: 'errors.storage.type' }), new Date());
    expect(await callerFor(own).documents.status({ id: grant.documentId })).toEqual({ status: 'rejected', rejectReason: 'errors.storage.type' });
    await expect(openDocument(own, grant.documentId, storage)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('uploading', () => {
  it('I-26 writes a pending row under a path that the server made', async () => {
    const claimId = await start();
    const grant = await prepareUpload(own, { entity: 'claim', entityId: claimId, kind: 'photos' }, { ...photo, name: '../../tenant_mk/x\u202egpj.exe' }, new Date());
    expect(grant.path).toBe(`pii/tenants/tenant_ks/claim/${claimId}/${grant.documentId}.jpg`);
    expect(await row(grant.documentId)).toMatchObject({ status: 'pending', userId: member.id, branchId: ks.branches[0].id, kind: 'photos', fileName: 'xgpj.exe', uploadedBy: member.id });
    await drop(ks);
  });

  it.each([['../../etc/passwd', 'passwd'], ['C:\\temp\\a.pdf', 'a.pdf'], ['\u0000\u202e', 'document'], ['  слика \n 1.jpg ', 'слика 1.jpg'], ['x'.repeat(4000), 'x'.repeat(150)]])('S-09 shows %j as %j', (name, expected) => {
    expect(shownName(name)).toBe(expected);
  });

  it('is refused beyond the type, size and number that the tenant allows, and for a closed claim', async () => {
    const from = new Date(Date.now() - 1000);
    const limits = { ...ks.pack.rules.limits, upload: { maxBytes: 1000, types: ['image/jpeg'], perClaim: 3 } };
    await withTenant(system, (tx) => tx.insert(tenantSettings).values({ tenantId: ks.id, id: newId(), kind: 'limits', version: 2, status: 'published', value: limits, effectiveFrom: from, publishedAt: from }).then(() => undefined));
    forgetRules(ks.id);
    const entityId = await submitted();
    const target = { entity: 'claim', entityId, kind: 'photos' } as const;
    await expect(prepareUpload(own, target, { ...photo, sizeBytes: 1001 }, new Date())).rejects.toMatchObject({ field: 'file', messageKey: 'errors.storage.tooLarge' });
    await expect(prepareUpload(own, target, { ...photo, mime: 'application/pdf' }, new Date())).rejects.toMatchObject({ field: 'file', messageKey: 'errors.storage.type' });
    const race = await Promise.allSettled(Array.from({ length: 6 }, () => prepareUpload(own, target, photo, new Date())));
    expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    // what never arrived stops counting after an hour
    await expect(prepareUpload(own, target, photo, new Date(Date.now() + 3_700_000))).resolves.toBeDefined();
    await withTenant(system, (tx) => tx.update(tenantSettings).set({ status: 'withdrawn' }).where(and(eq(tenantSettings.tenantId, ks.id), eq(tenantSettings.version, 2))).then(() => undefined));
    forgetRules(ks.id);
    await callerFor(await scopeOf(ks, ks.branches[0].manager)).claims.move({ id: entityId, to: 'rejected', rejectReason: 'time_limit_risk' });
    await expect(prepareUpload(own, target, photo, new Date())).rejects.toMatchObject({ messageKey: 'errors.claim.locked' });
  });

  it('what the store reports twice counts once, and a forged report changes nothing', async () => {
    const claimId = await submitted();
    const grant = await prepareUpload(own, { entity: 'claim', entityId: claimId, kind: 'photos' }, photo, new Date());
    await expect(completeUpload(arrived(grant, { path: grant.path.replace(claimId, newId()) }), new Date())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(completeUpload(arrived(grant, { tenantId: mk.id }), new Date())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await Promise.all([completeUpload(arrived(grant), new Date()), completeUpload(arrived(grant), new Date())]);
    await completeUpload(arrived(grant, { status: 'rejected', reason: 'errors.storage.type' }), new Date());
    expect(await row(grant.documentId)).toMatchObject({ status: 'stored', sizeBytes: 900, sha256: 'a'.repeat(64) });
    const { events, documents: papers } = await callerFor(own).claims.get({ id: claimId });
    expect(events.filter(({ kind }) => kind === 'document')).toMatchObject([{ note: 'photo.jpg', by: 'member' }]);
    expect(papers).toHaveLength(1);
  });

  it('the last missing document starts the clock of the claim', async () => {
    const claimId = await submitted();
    const get = async () => await callerFor(own).claims.get({ id: claimId });
    await upload(claimId, 'photos');
    await upload(claimId, 'estimate');
    expect(await get()).toMatchObject({ packComplete: false, missingDocuments: ['accident_statement'], slaDueAt: null });
    await upload(claimId, 'accident_statement');
    const complete = await get();
    expect(complete).toMatchObject({ packComplete: true, missingDocuments: [], slaDueAt: expect.any(Date) as unknown });
    await upload(claimId, 'photos');
    expect((await get()).slaDueAt).toEqual(complete.slaDueAt);
  });

  it('staff hang the signed agreement on a claim, and the member sees it', async () => {
    const claimId = await submitted();
    const manager = await scopeOf(ks, ks.branches[0].manager);
    const grant = await prepareUpload(manager, { entity: 'claim', entityId: claimId, kind: 'agreement' }, photo, new Date());
    await completeUpload(arrived(grant), new Date());
    expect(await row(grant.documentId)).toMatchObject({ userId: member.id, uploadedBy: ks.branches[0].manager.id });
    expect((await callerFor(own).claims.get({ id: claimId })).agreement.signed).toBe(true);
    expect((await callerFor(own).documents.forEntity({ entity: 'claim', entityId: claimId })).map(({ kind }) => kind)).toEqual(['agreement']);
  });
});
