import { and, eq, inArray, lt, or } from 'drizzle-orm';
import { erasureLetterSchema, fullName, newId, notFound, parseDateOnly, todayIn } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { erasureRequests, mails, user } from '@interdomestik/db/schema';
import { z } from 'zod';
import { localeOfRow } from '../accounts/new-member';
import { fileStore } from '../documents/store';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { log } from '../log';
import { letterheadOf, queueMail } from '../mails';
import { portalOrigin } from '../site/origins';
import type { Storage } from '../vendors/storage';
import { eraseRows } from './erase';
import { erasedFolder, readErased, rememberErased } from './erased-list';
import { eraseFiles } from './files';
import { composeLetter } from './letter';

type Request = typeof erasureRequests.$inferSelect;

/** What an erasure works with outside the database. */
export interface ErasureTools {
  readonly storage: Storage;
  /** Where the list of the erased lies; null: nowhere, as in development without a sealed trail. */
  readonly folder: string | null;
}

const tools = (): ErasureTools => ({ storage: fileStore(), folder: erasedFolder() });
const letterKey = (requestId: string): string => `erasure:${requestId}`;
const here = (scope: TenantScope, id: string) => and(eq(erasureRequests.tenantId, scope.tenantId), eq(erasureRequests.id, id));

/** Writes the letter and queues it, while the address is still known: once for each wish. */
async function sendLetter(scope: TenantScope, request: Request, now: Date): Promise<void> {
  const letter = erasureLetterSchema.safeParse(request.letter).data ?? (await composeLetter(scope, request.userId, now));
  const letterhead = await letterheadOf(scope, now);
  await withTenant(scope, async (tx) => {
    const [row] = await tx.select().from(erasureRequests).where(here(scope, request.id)).for('no key update');
    if (row === undefined || row.letter !== null) return;
    await tx.update(erasureRequests).set({ letter, updatedAt: now }).where(here(scope, request.id));
    const [person] = await tx.select().from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, request.userId)));
    if (person === undefined || person.email === null) return;
    const locale = localeOfRow(person.locale);
    await queueMail(tx, scope, {
      template: 'erasure-letter', to: { email: person.email, userId: person.id }, locale, effectKey: letterKey(request.id), letterhead,
      params: { name: fullName(person), letter, number: request.id.slice(-12).toUpperCase(), url: `${portalOrigin(scope.tenant, 'member')}/legal/privacy` },
    });
  });
}

async function finish(tx: Tx, scope: TenantScope, id: string, now: Date): Promise<void> {
  await tx.update(erasureRequests).set({ status: 'done', doneAt: now, updatedAt: now }).where(and(here(scope, id), inArray(erasureRequests.status, ['open', 'approved'])));
}

/**
 * Carries an approved wish out. In this order, so that a stop between any two of them loses nothing and running again repeats nothing: the list outside the database, the letter, the files, and in one
 * transaction the rows with the mark that it is done. One that is not approved, or done, is left as it is.
 */
export async function runErasure(asker: TenantScope, requestId: string, now: Date, { storage, folder }: ErasureTools = tools()): Promise<void> {
  const scope = inAction(asker, 'erasures.run');
  const [request] = await readTenant(scope, (tx) => tx.select().from(erasureRequests).where(here(scope, requestId)));
  if (request === undefined) throw notFound();
  if (request.status !== 'approved') return;
  if (folder === null) log.warn({ tenantId: scope.tenantId }, 'AUDIT_ANCHOR_DIR is not set: an erasure is not on the list that outlives a restore');
  else await rememberErased(folder, { at: (request.decidedAt ?? now).toISOString(), tenant: scope.tenantId, user: request.userId, request: request.id });
  await sendLetter(scope, request, now);
  await eraseFiles(scope, request.userId, storage);
  await withTenant(scope, async (tx) => {
    await eraseRows(tx, scope, request.userId, letterKey(request.id), now);
    await finish(tx, scope, request.id, now);
  });
}

/** The wish as it is on record, or made anew where the backup is older than it. */
async function knownAgain(tx: Tx, scope: TenantScope, userId: string, requestId: string, now: Date): Promise<void> {
  const [known] = await tx.select({ id: erasureRequests.id }).from(erasureRequests).where(and(eq(erasureRequests.tenantId, scope.tenantId), eq(erasureRequests.userId, userId), inArray(erasureRequests.status, ['open', 'approved', 'done'])));
  if (known !== undefined) {
    await finish(tx, scope, known.id, now);
    return;
  }
  const [person] = await tx.select({ branchId: user.branchId }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId)));
  if (person === undefined || person.branchId === null) return;
  await tx.insert(erasureRequests).values({
    tenantId: scope.tenantId, id: newId(), userId, branchId: person.branchId, status: 'done', askedBy: null, note: '', dueOn: parseDateOnly(todayIn(scope.tenant.timeZone, now)), decidedAt: now, doneAt: now, createdAt: now, updatedAt: now,
  });
  log.info({ tenantId: scope.tenantId, requestId }, 'an erasure was done again after a restore');
}

/**
 * Erases anew whoever stands on the list outside the database and is back in it: after the restore of a backup from before. No letter, the person has it. Gives how many there were. Lines that are not ours
 * erase nobody and are told in the log.
 */
export async function reapplyErasures(asker: TenantScope, now: Date, { storage, folder }: ErasureTools = tools()): Promise<number> {
  const scope = inAction(asker, 'erasures.reapply');
  if (folder === null) return 0;
  const { erased, foreign } = await readErased(folder, scope.tenantId);
  if (foreign.length > 0) log.error({ tenantId: scope.tenantId, lines: foreign.slice(0, 20) }, 'the list of the erased holds lines that are not ours');
  let again = 0;
  for (const { user: userId, request } of erased) {
    const [person] = await readTenant(scope, (tx) => tx.select({ erasedAt: user.erasedAt }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId))));
    if (person === undefined || person.erasedAt !== null) continue;
    const [waiting] = await readTenant(scope, (tx) => tx.select({ letter: erasureRequests.letter, doneAt: erasureRequests.doneAt }).from(erasureRequests).where(and(here(scope, request), eq(erasureRequests.status, 'approved'))));
    // under way, and not back from a backup: its own job ends it, with its letter
    if (waiting !== undefined && waiting.letter === null) continue;
    await eraseFiles(scope, userId, storage);
    await withTenant(scope, async (tx) => {
      await eraseRows(tx, scope, userId, letterKey(request), now);
      await knownAgain(tx, scope, userId, request, now);
    });
    again += 1;
  }
  return again;
}

const dayMs = 86_400_000;

/** Letters name their reader: they go a day after they have left, and after a month in any case. */
export async function forgetLetters(scope: TenantScope, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'erasures.watch'), (tx) => tx.delete(mails).where(and(
    eq(mails.tenantId, scope.tenantId), eq(mails.template, 'erasure-letter'),
    or(and(inArray(mails.status, ['sent', 'mailbox']), lt(mails.createdAt, new Date(now.getTime() - dayMs))), lt(mails.createdAt, new Date(now.getTime() - 30 * dayMs))),
  )).then(() => undefined));
}

/** Carries one wish out. */
export const runErasureJob = defineJob({
  name: 'erasures.run', payload: z.object({ requestId: z.uuid() }), retries: 12, run: (scope, { requestId }) => runErasure(scope, requestId, new Date()),
});

/** Ends what was left half done, does again what a restore brought back, and forgets letters that have left. */
export const watchErasuresJob = defineJob({
  name: 'erasures.watch', payload: turnSchema, retries: 3,
  run: async (scope) => {
    const now = new Date();
    const left = await readTenant(scope, (tx) => tx.select({ id: erasureRequests.id }).from(erasureRequests)
      .where(and(eq(erasureRequests.tenantId, scope.tenantId), eq(erasureRequests.status, 'approved'), lt(erasureRequests.updatedAt, new Date(now.getTime() - dayMs / 24)))));
    for (const { id } of left) await runErasure(scope, id, now);
    await reapplyErasures(scope, now);
    await forgetLetters(scope, now);
  },
});
