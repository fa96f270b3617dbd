import { createHash } from 'node:crypto';
import { platformDoor, resolvePlatformScope, withPlatform } from '@interdomestik/db';
import { platformSessions, platformUsers } from '@interdomestik/db/schema';
import { formatMoney, newId, packRule, todayIn, type CountryPack, type Money, type TenantRole } from '@interdomestik/rules';
import { examplePerson } from '@interdomestik/rules/testing';
import { changedBetween, fingerprint } from '../attacks/fingerprint';
import { renderCashReceipt } from '../cash/render';
import { renderInvoice } from '../invoices/render';
import { jobKinds } from '../jobs/kinds';
import { wire } from '../wire';
import { callerFor, scopeOf, systemScopeOf, visitorOf } from './callers';
import { enrolInputOf } from './enrol';
import { adminSql, runJobs } from './jobs';
import { refusalsOf } from './refusals';
import { memoryStorage } from './storage';
import type { TestTenant, World } from './world';

/** One thing that the new country can do, and what was seen of it. */
export interface Accepted {
  readonly what: string;
  readonly seen: string;
}

/** What the journey left behind, for whoever looks closer. */
export interface AcceptedCountry {
  readonly enrolled: { readonly memberId: string; readonly memberNumber: string | null; readonly invoiceId: string | null; readonly invoiceCode: string | null; readonly receiptId: string | null; readonly receiptCode: string | null };
  readonly claimId: string;
  readonly price: Money;
}

/** A thing that the country cannot do; `cause` is why. */
export class NotAccepted extends Error {
  constructor(readonly what: string, cause: unknown) {
    super(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function holds(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

const password = 'seven slow trains north';
/** Drawn by a step of the journey itself, since a trial has no place to keep files. */
const papers: readonly string[] = ['invoices.render', 'cash.renderReceipt'];
const admin = { firstName: 'Nada', lastName: 'Prva' };

/** What people of the other countries see, as it goes over the wire, by what they ask. */
async function seenElsewhere({ mk, ks }: World): Promise<string> {
  const told: string[] = [];
  for (const tenant of [mk, ks]) {
    const [staff, site] = [callerFor(await scopeOf(tenant, tenant.admin)), callerFor(await visitorOf(tenant))];
    for (const asked of [staff.members.list({}), staff.claims.list({}), staff.leads.list({}), staff.branches.list(), staff.settings.rules(), staff.dashboard.figures({ period: 'month' }), site.plans.list(), site.site.current()]) {
      told.push(JSON.stringify(wire.serialize(await asked)));
    }
  }
  return createHash('sha256').update(told.join('\n')).digest('hex');
}

/**
 * The acceptance journey of a country that is made of `pack` beside two others: made once and only once, its texts and prices in each of its languages, the
 * first administrator and an agent by invitation, a sale for cash with the country's own numbers, money and VAT, the member's mail and claim, and nothing
 * of it anywhere else. Tells each thing once it was seen. Throws `NotAccepted` with the first that was not. The world's database is left filled.
 */
export async function acceptCountry(pack: CountryPack, world: World, tell: (accepted: Accepted) => void = () => undefined): Promise<AcceptedCountry> {
  const { database, mk, ks } = world;
  const { tenant, country, zone } = pack;
  const { offered, default: first } = packRule(pack, 'languages');
  const third = { id: tenant.id, slug: tenant.slug, pack } as TestTenant;
  const sql = (text: string, values: unknown[] = []) => adminSql(database.adminUrl, text, values);
  const step = async <T>(what: string, work: () => Promise<readonly [T, string]>): Promise<T> => {
    try {
      const [result, seen] = await work();
      tell({ what, seen });
      return result;
    } catch (error) {
      throw new NotAccepted(what, error);
    }
  };
  const mailed = async (email: string) => {
    const [mail] = await sql('select "text" as text, locale from mails where tenant_id = $1 and to_email = $2 and "text" like \'%token=%\' order by created_at desc limit 1', [third.id, email]);
    holds(mail !== undefined, `no mail with a link was written to ${email}`);
    return { text: String(mail['text']), locale: String(mail['locale']) };
  };
  /** Follows the link of an invitation, and is signed in. */
  const accept = async (email: string, role: TenantRole) => {
    const { text, locale } = await mailed(email);
    const token = /token=([\w-]+)/u.exec(text)?.[1];
    holds(token !== undefined, `the mail to ${email} has no link`);
    await callerFor(await visitorOf(third)).accounts.acceptInvitation({ token, password });
    const [person] = await sql('select id::text as id from "user" where tenant_id = $1 and email = $2', [third.id, email]);
    return { id: String(person?.['id']), locale, caller: callerFor(await scopeOf(third, { id: String(person?.['id']), role })) };
  };
  const address = (who: string): string => `${who}@${tenant.slug}.example`;

  const before = { seen: await seenElsewhere(world), rows: await fingerprint(database) };
  await step('is made of its file, once', async () => {
    const [userId, sessionId] = [newId(), newId()];
    await withPlatform(platformDoor(), 'acceptance', async (tx) => {
      await tx.insert(platformUsers).values({ id: userId, email: 'accepting@example.com', passwordHash: 'x', name: 'Accepting Person' });
      await tx.insert(platformSessions).values({ id: sessionId, platformUserId: userId, secondFactorAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) });
    });
    const root = callerFor(null, { platform: await resolvePlatformScope(sessionId) });
    const asked = { key: newId(), pack: { text: JSON.stringify(pack) }, admin: { ...admin, email: address('nada'), locale: first } };
    const made = await root.platform.createTenant(asked);
    holds((await root.platform.createTenant(asked)).tenantId === made.tenantId, 'asked again it was made again');
    holds((await root.platform.tenants()).filter(({ id }) => id === tenant.id).length === 1, 'the console does not list it');
    return [null, `${tenant.id} at ${made.memberPortal} and ${made.staffPortal}`];
  });

  await step('shows its plans and texts in each of its languages', async () => {
    const visitor = await visitorOf(third);
    const titles: string[] = [];
    for (const locale of offered) {
      const site = callerFor(visitor, { locale });
      const plans = await site.plans.list();
      holds(plans.length > 0 && plans.every(({ title }) => title.trim() !== ''), `a plan without a title in ${locale}`);
      for (const key of ['terms', 'privacy'] as const) holds((await site.site.legalText({ key, locale })).body.trim() !== '', `no ${key} in ${locale}`);
      titles.push(`${locale}: ${plans.map(({ title }) => title).join(', ')}`);
    }
    return [null, titles.join('; ')];
  });

  const staff = await step('lets its first administrator in, who invites an agent', async () => {
    const nada = await accept(address('nada'), 'tenant_admin');
    holds(nada.locale === first, `the invitation is in ${nada.locale}, not in ${first}`);
    const [branch] = await nada.caller.branches.list();
    holds(branch !== undefined, 'it has no branch');
    await nada.caller.staff.invite({ email: address('agent'), firstName: 'Petar', lastName: 'Agent', role: 'agent', branchId: branch.id });
    return [{ admin: nada, agent: await accept(address('agent'), 'agent') }, `${String((await nada.caller.branches.list()).length)} branches, invited in ${first}`];
  });

  const person = examplePerson(country);
  const { enrolled, input, price } = await step('sells for cash with its own money, VAT and numbers', async () => {
    const plan = (await staff.agent.caller.enrolments.plans()).find(({ cash }) => cash !== null && cash.minor > 0n);
    holds(plan !== undefined && plan.cash !== null, 'no plan can be sold for cash');
    const typed = enrolInputOf(third, { ...person, planCode: plan.code, locale: first, amountTendered: { currency: plan.cash.currency, minor: String(plan.cash.minor) } });
    const sold = await staff.agent.caller.enrolments.enrol(typed);
    const [invoice] = await sql('select currency, total_minor as gross, net_minor as net, vat_minor as vat from invoices where tenant_id = $1', [third.id]);
    const { cash, vatRateBp } = plan;
    const net = (cash.minor * 10_000n * 2n + BigInt(10_000 + vatRateBp)) / (2n * BigInt(10_000 + vatRateBp));
    holds(invoice?.['currency'] === cash.currency && String(invoice['gross']) === String(cash.minor) && String(invoice['vat']) === String(cash.minor - net), `the invoice says ${JSON.stringify(invoice)}`);
    const [sums] = await sql('select coalesce(sum(case when amount_minor > 0 then amount_minor end), 0)::text as debits, coalesce(sum(amount_minor), 0)::text as rest from ledger_entries where tenant_id = $1', [third.id]);
    holds(sums?.['rest'] === '0' && sums['debits'] !== '0', `the ledger says ${JSON.stringify(sums)}`);
    return [{ enrolled: sold, input: typed, price: cash }, `${plan.title} for ${formatMoney(cash, first)} with ${formatMoney({ currency: cash.currency, minor: cash.minor - net }, first)} VAT: member ${String(sold.memberNumber)}, invoice ${String(sold.invoiceCode)}, receipt ${String(sold.receiptCode)}`];
  });

  await step('draws its papers in its languages', async () => {
    const scope = await systemScopeOf(third);
    const store = memoryStorage();
    await renderInvoice(scope, enrolled.invoiceId ?? '', store);
    await renderCashReceipt(scope, enrolled.receiptId ?? '', store);
    const drawn = [...store.files].map(([path, bytes]) => `${path.slice(path.lastIndexOf('/') + 1)} of ${String(Math.ceil(bytes.length / 1024))} KB`);
    holds(drawn.length === 2 && [...store.files.values()].every((bytes) => Buffer.from(bytes).subarray(0, 5).toString() === '%PDF-'), `drawn were ${drawn.join(', ')}`);
    return [null, `invoice and receipt as PDF: ${drawn.join(', ')}`];
  });

  const claimId = await step('welcomes the member, who hands in a claim', async () => {
    await runJobs(database, { only: jobKinds.map(({ name }) => name).filter((name) => !papers.includes(name)) });
    const member = await accept(input.email, 'member');
    holds(member.locale === first, `the member is written to in ${member.locale}, not in ${first}`);
    const category = packRule(pack, 'workflows').categories.find(({ scope }) => scope === 'assisted')?.category;
    holds(category !== undefined, 'no kind of claim is helped with');
    const { id } = await member.caller.claims.start({ category });
    const claim = await member.caller.claims.submit({
      id, category, counterparty: 'Osiguranje', description: 'Udario me je auto otpozadi na semaforu.', amountClaimed: { currency: price.currency, text: '1230' }, incidentOn: todayIn(zone, new Date()), idempotencyKey: newId(),
    });
    const [row] = await sql('select code, sla_due_at as due from claims where tenant_id = $1 and id = $2', [third.id, claim.id]);
    return [claim.id, `${category}, number ${String(row?.['code'])}`];
  });

  await step('leaves the other countries as they were', async () => {
    const ofOthers = (key: string): boolean => key.includes(mk.id) || key.includes(ks.id);
    const signedIn = (key: string): boolean => key.includes('sessions') || key.includes('audit_logs');
    const changed = changedBetween(before.rows, await fingerprint(database), (key) => ofOthers(key) && !signedIn(key));
    holds(changed.length === 0, `rows changed: ${changed.join(', ')}`);
    holds((await seenElsewhere(world)) === before.seen, 'their people are told something else than before');
    let looks = 0;
    for (const other of [mk, ks]) {
      const stranger = callerFor(await scopeOf(other, other.admin));
      const outward = await refusalsOf([stranger.members.get({ id: enrolled.memberId }), stranger.claims.get({ id: claimId }), stranger.invoices.get({ id: enrolled.invoiceId ?? '' }), stranger.staff.disable({ id: staff.agent.id })]);
      const inward = await refusalsOf([staff.admin.caller.members.get({ id: other.branches[0].member.id }), staff.agent.caller.members.get({ id: other.branches[0].member.id })]);
      looks += outward.length + inward.length;
      holds([...outward, ...inward].every((told) => told === 'NOT_FOUND errors.notFound'), `${other.id}: ${[...outward, ...inward].join(', ')}`);
    }
    return [null, `their rows in ${String(new Set([...before.rows.keys()].map((key) => key.split(' ')[0])).size)} tables and what their people see, compared by hash; ${String(looks)} looks across the border refused`];
  });
  return { enrolled, claimId, price };
}
