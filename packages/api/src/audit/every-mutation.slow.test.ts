import { beforeAll, expect, it } from 'vitest';
import { adminSql, useWorld } from '../testing';
import { rightful } from '../attacks/actors';
import { ask, procedures } from '../attacks/ask';
import { attacks } from '../attacks/entries';
import { useGround } from '../attacks/use-ground';
import { changedBetween, fingerprint } from '../attacks/fingerprint';

const world = useWorld();
const ground = useGround(world);

beforeAll(async () => {
  for (const { name } of await adminSql(world.current.database.adminUrl, "select tgrelid::regclass::text as name from pg_trigger where tgname = 'audit_row_change'")) audited.add(String(name).replaceAll('"', ''));
}, 60_000);

const already = 'the entry asks for what is so already';
const looks = 'it only looks or calculates';
const link = 'a link or page of somebody else is made; what it does is on record when it is used';
const job = 'it begins or steers a job, whose effects are on record';
/** Mutations that leave nothing in the trail when they are called as their entry calls them, and why. A new one belongs here with its reason, or on record. */
const silent: Readonly<Record<string, string>> = {
  'accounts.requestPasswordReset': link, 'accounts.requestEmailChange': link, 'accounts.resendVerification': link, 'staff.resendInvitation': link, 'instalments.pay': link, 'instalments.sendLink': link,
  'payments.checkout': link, 'payments.portal': link,
  'accounts.changeLocale': already, 'branches.reopen': already, 'paymentAccounts.switch': already, 'policies.update': already, 'privacy.acceptText': already, 'privacy.sayConsent': already, 'staff.actAs': already,
  'bank.preview': looks, 'paymentAccounts.try': looks, 'settings.tryCalendar': looks, 'settings.samplePaper': looks, 'settings.previewPlans': looks, 'settings.previewQuote': looks, 'secondFactor.begin': looks,
  'receipts.start': job, 'reconciliations.start': job, 'refunds.retry': job, 'simulation.start': job, 'simulation.cancel': job,
  'imports.addPiece': 'a piece of a file that is still on its way',
  'accounts.endSession': 'a session says itself when it ended', 'accounts.endOtherSessions': 'a session says itself when it ended', 'notifications.markRead': 'what somebody has read is that person’s alone',
  'superAdmins.accept': 'it is on record at the console, outside every tenant',
};
/** Of these only the time of the last change moves, which the trail does not repeat. */
const touching = ['accounts.changeLocale', 'policies.update'];
const audited = new Set<string>();
const isAudited = (key: string): boolean => audited.has(key.split(' ')[0] ?? '');

const mutations = [...attacks].filter(([path, { by }]) => procedures[path]?._def.type === 'mutation' && by !== 'root' && by !== 'entered').map(([path]) => path);

it('A-01 every mutation that succeeds is on record, under a name and with its request', async () => {
  const { adminUrl } = world.current.database;
  const found: Record<string, string> = {};
  expect(audited.size).toBeGreaterThan(40);
  let succeeded = 0;
  for (const path of mutations) {
    const attack = attacks.get(path);
    if (attack === undefined) throw new Error('no entry');
    const input = await attack.input?.(ground.places.ksA);
    const actor = rightful(ground.actors, attack);
    const stood = await fingerprint(world.current.database);
    const [before] = await adminSql(adminUrl, 'select pg_snapshot_xmax(pg_current_snapshot())::text as tx');
    const answer = await ask(actor, path, input);
    await attack.restore?.(ground.places.ksA);
    if (answer.code !== null) continue;
    succeeded += 1;
    const rows = await adminSql(adminUrl, 'select action, request_id, actor_kind from audit_logs where tx >= $1::bigint and tenant_id = $2', [before?.['tx'], ground.places.ksA.tenant.id]);
    // the fingerprint is of contents: what was written without a difference has none
    const traceless = rows.length > 0 ? [] : changedBetween(stood, await fingerprint(world.current.database)).filter(isAudited);
    if (traceless.length > 0 && !touching.includes(path)) found[path] = `changed without a trace: ${traceless.join()}`;
    else if (rows.length === 0) found[path] = 'nothing';
    else if (rows.some((row) => row['request_id'] === null || row['action'] === 'request' || row['action'] === 'direct')) found[path] = `nameless: ${rows.map((row) => String(row['action'])).join()}`;
  }
  expect(succeeded).toBeGreaterThan(mutations.length * 0.9);
  expect(Object.keys(found).filter((path) => !Object.hasOwn(silent, path) || found[path] !== 'nothing').map((path) => `${path}: ${found[path] ?? ''}`)).toEqual([]);
  expect(Object.keys(silent).filter((path) => found[path] !== 'nothing')).toEqual([]);
});
