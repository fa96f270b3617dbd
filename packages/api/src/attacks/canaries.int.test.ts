import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { forgetTenants, type TenantScope } from '@interdomestik/db';
import { sampleOf } from '@interdomestik/db/testing';
import { renderCashReceipt } from '../cash/render';
import { renderInvoice } from '../invoices/render';
import { forgetRules } from '../settings/rules';
import { adminSql, memoryStorage, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { linesLogged } from '../testing/logged';
import { actorsAgainst, rightful, type Actor } from './actors';
import { ask, procedures } from './ask';
import { attacks } from './entries';
import { tenantTables } from './fingerprint';
import { buildPlaces, type Places } from './ground';
import type { Place } from './place';

/** What only people and papers of MK hold, beside the words of its two places: none of it may be in anything that KS is given or makes. */
const planted = {
  first_name: 'Zqmkime', last_name: 'Zqmkprezime', name_tokens: 'zqmkime zqmkprezime', surname_tokens: 'zqmkprezime zqmkime', personal_number: '0809988450017', phone: '+38970888017', address: 'ul. Zqmkulica 17',
  city: 'Zqmkgrad', note: 'zqmknote', description: 'zqmkdescription', counterparty: 'Zqmkcounterparty', insurer: 'Zqmkinsurer', policy_number: 'ZQMK-017', reason: 'zqmkreason',
} as const;
const iban = 'MK07250120000058984';
// whole words: four letters may stand in a sealed text by chance
const words = [...new Set(Object.values(planted).flatMap((value) => value.match(/zqmk[\w-]+/giu) ?? []))];
const traces: Readonly<Record<string, RegExp>> = {
  'a name or a text': new RegExp(words.join('|'), 'iu'), 'a personal number': /0809988450017|••••0017/u, 'a phone number': /38970888017|70 ?888 ?017/u, 'an address of the mail': /@mk\.example/u, 'a bank account': /MK07[\s\d]*250120000058984|MK07 ?2501 ?2000 ?0058 ?984/u,
  'a number of a member, a claim or a receipt': /\b(?:MEM|CLM)-MK-\d|-MK-2\d{3}-/u, 'the name of the country': /tenant_mk\b/u,
};
const tracesIn = (text: string): string[] => Object.entries(traces).flatMap(([what, trace]) => (trace.test(text) ? [what] : []));

const world = useWorld();
const logged = linesLogged();
let places: Places;
const actors = new Map<Place, readonly Actor[]>();
const sql = (text: string, values: unknown[] = []) => adminSql(world.current.database.adminUrl, text, values);

beforeAll(async () => {
  places = await buildPlaces(world.current);
  const { mkA, mkB, ksA, ksB } = places;
  for (const { name, texts } of tenantTables) {
    const set = Object.entries(planted).flatMap(([column, value]) => (texts.includes(column) ? [`"${column}" = '${value}'`] : []));
    if (set.length > 0) await sql(`set session_replication_role = 'replica'; update "${name}" set ${set.join(', ')} where tenant_id = 'tenant_mk'`);
  }
  await sql(`set session_replication_role = 'replica'; update tenant_settings set value = replace(value::text, 'MK00000000000000000', '${iban}')::jsonb where tenant_id = 'tenant_mk'`);
  for (const { tenant } of [mkA, ksA]) forgetRules(tenant.id);
  forgetTenants();
  actors.set(mkA, await actorsAgainst(mkA, mkB, ksA));
  actors.set(ksA, await actorsAgainst(ksA, ksB, mkA));
}, 60_000);

const textOf = (pdf: Uint8Array): string => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
/** An answer with the words of the papers in it: their letters as bytes would hide what stands there, and by chance spell what does not. */
const readable = (body: string): string => body.replaceAll(/"pdf":"([^"]+)"/gu, (_, pdf: string) => textOf(Buffer.from(pdf, 'base64')));

/** Everything that everybody of a place may ask and do, and what was answered. */
async function useAll(place: Place): Promise<string[]> {
  const told: string[] = [];
  const here = (actors.get(place) ?? []).filter(({ standing }) => standing === 'here');
  const asking = sampleOf(here, 3);
  for (const [path, attack] of attacks) {
    if (attack.by === 'root' || attack.by === 'entered' || attack.by === 'door') continue;
    const input = await attack.input?.(place);
    const query = procedures[path]?._def.type === 'query';
    for (const actor of query ? asking : [rightful(here, attack)]) told.push(`${path} to ${actor.name}: ${readable((await ask(actor, path, input)).body)}`);
    if (query && path.endsWith('.list')) for (const actor of asking) told.push(`${path} to ${actor.name}: ${(await ask(actor, path, { search: 'zqmk' })).body}`, `${path} to ${actor.name}: ${(await ask(actor, path, {})).body}`);
    await attack.restore?.(place);
  }
  return told;
}

/** Every row that a tenant owns: notifications, mails as they are sent, what the audit trail keeps, names of documents. */
async function rowsOf({ id }: TestTenant): Promise<string[]> {
  const rows = await sql(tenantTables.map(({ name }) => `select '${name}: ' || t::text as row from "${name}" t where tenant_id = $1`).join(' union all '), [id]);
  return rows.map(({ row }) => String(row));
}

/** Every invoice and receipt of a tenant, set anew; as text. */
async function papersOf(tenant: TestTenant): Promise<string[]> {
  const scope: TenantScope = await systemScopeOf(tenant);
  const store = memoryStorage();
  const ids = async (table: string) => (await sql(`select id from ${table} where tenant_id = $1 limit $2`, [tenant.id, sampleOf(Array.from({ length: 12 }), 4).length])).map(({ id }) => String(id));
  for (const id of await ids('invoices')) await renderInvoice(scope, id, store);
  for (const id of await ids('cash_receipts')) await renderCashReceipt(scope, id, store);
  return [...store.files].map(([path, bytes]) => `${path}: ${textOf(bytes)}`);
}

const found = (texts: readonly string[]): string[] => texts.flatMap((text) => tracesIn(text).map((what) => `${what} in ${text.slice(0, 200)}`));

describe('I-24 I-31 nothing of one country is in anything of the other', () => {
  it('I-24 I-31 answers of both portals, rows, mails, notifications, documents, papers, log lines', async () => {
    const { mkA, ksA } = places;
    const own = { answers: await useAll(mkA), rows: await rowsOf(mkA.tenant), papers: await papersOf(mkA.tenant) };
    // what is looked for is really there to be found
    for (const [kind, texts] of Object.entries(own)) expect([kind, found(texts).length > 0]).toEqual([kind, true]);
    expect(Object.keys(traces).filter((what) => !Object.values(own).flat().some((text) => tracesIn(text).includes(what)))).toEqual([]);
    logged.forget();
    const theirs = { answers: await useAll(ksA), rows: await rowsOf(ksA.tenant), papers: await papersOf(ksA.tenant) };
    for (const [kind, texts] of Object.entries({ ...theirs, lines: logged.lines() })) expect([kind, found(texts)]).toEqual([kind, []]);
    expect([theirs.answers.length > attacks.size, theirs.rows.length > 300, theirs.papers.length > 3]).toEqual([true, true, true]);
  }, 240_000);

  it('I-24 I-28 what the console tells of all countries names no person', async () => {
    const root = (actors.get(places.ksA) ?? []).find(({ role }) => role === 'super_admin');
    if (root === undefined) throw new Error('no super admin');
    const told: string[] = [];
    for (const [path, attack] of attacks) {
      if (attack.by !== 'root' || procedures[path]?._def.type !== 'query') continue;
      told.push(`${path}: ${(await ask(root, path, await attack.input?.(places.ksA))).body}`);
    }
    expect(told.length).toBeGreaterThan(2);
    const personal = Object.entries(traces).filter(([what]) => what !== 'the name of the country' && what !== 'a bank account');
    expect(told.flatMap((text) => personal.flatMap(([what, trace]) => (trace.test(text) ? [`${what} in ${text.slice(0, 300)}`] : [])))).toEqual([]);
  });
});
