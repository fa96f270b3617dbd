import type { Page } from 'playwright-core';
import { demoSignIns } from '@interdomestik/db/seed';
import { loadMessages } from '@interdomestik/i18n';
import { ofTenant } from '@interdomestik/up';
import { packRule } from '@interdomestik/rules/country-packs';
import { ask, cookiesOf, queryPath, signInMember } from '../attacks/http';
import { expectThat, type Journey } from '../journey';
import { ruleDesk } from '../rule-desk';
import { packOfSlug, signInStaff } from '../staff';
import { fileClaim } from './member';
import type { Product } from '../stack';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

interface Offer { readonly code: string; readonly price: { readonly minor: string; readonly currency: string } | null }

/** What a visitor of the country is asked for a plan. */
async function priceOf(portal: string, planCode: string): Promise<string> {
  const { body } = await ask(portal, queryPath('plans.list'));
  const { result } = JSON.parse(body) as { result: { data: { json: Offer[] } } };
  return result.data.json.find(({ code }) => code === planCode)?.price?.minor ?? 'none';
}

/** Asks until the answer is the hoped-for one, for as long as a published rule may take to reach every process. */
async function becomes(what: string, hoped: string, read: () => Promise<string>, within = 5_000): Promise<void> {
  const until = Date.now() + within;
  let found = await read();
  while (found !== hoped && Date.now() < until) {
    await wait(200);
    found = await read();
  }
  expectThat(found === hoped, `${what} is ${hoped}, not ${found}`);
}

/** A price of North Macedonia is changed through the screens for the next minute, acts from then on and not before, leaves what was sold as it was, and is taken back again. */
export function priceJourney({ addresses }: Product): Journey {
  return async ({ person, shot }) => {
    const [desk, portal] = [ofTenant(addresses.admin, 'mk'), ofTenant(addresses.member, 'mk')];
    const plan = 'asistenca';
    const pack = packRule(packOfSlug('mk'), 'products').plans;
    const index = pack.findIndex(({ code }) => code === plan);
    const old = pack[index]?.prices.find(({ currency }) => currency === 'EUR')?.minor ?? 0n;
    const [before, after] = [String(old), String(old + 150n)];
    const member = await signInMember(portal, 'mk');
    const billed = async (): Promise<string> => (await ask(portal, queryPath('payments.mine'), { cookie: member.cookie })).body;
    const bills = await billed();
    expectThat((await priceOf(portal, plan)) === before, 'the price is the one of the country pack');

    const page = await person('administrator');
    await signInStaff(page, desk, 'mk', 'admin');
    const rule = ruleDesk(page, desk, 'mk', packOfSlug('mk').zone);
    await rule.begin('products');
    await rule.field(`plans.${String(index)}`).click();
    const euros = page.locator(`[id="rule-plans.${String(index)}.prices"], [id="rule-plans.${String(index)}.prices-EUR"]`);
    const box = (await euros.count()) > 1 ? euros.last() : euros.first();
    await box.fill(`${(Number(after) / 100).toFixed(2).replace('.', ',')}`);
    await box.blur();
    await shot(page, 'rules-price-draft-desktop');
    await rule.finish('Нова цена');
    await shot(page, 'rules-price-tried-desktop');
    const at = await rule.publish('next minute');
    await shot(page, 'rules-price-scheduled-desktop');
    expectThat(Date.now() < at.getTime() && (await priceOf(portal, plan)) === before, 'until its minute the old price holds');
    await wait(Math.max(0, at.getTime() - Date.now()));
    await becomes('the price at its minute', after, () => priceOf(portal, plan));
    expectThat((await billed()) === bills, 'what was billed stays as it was');

    await rule.goBackTo('products', 1);
    await becomes('the price after the way back', before, () => priceOf(portal, plan));
    expectThat((await billed()) === bills, 'and still is');
    await page.goto(`${desk}/settings/products`);
    await shot(page, 'rules-price-history-desktop');
  };
}

interface ClaimTold {
  readonly deadline: { readonly dueAt: string | null } | null;
  readonly nextStates: readonly { readonly to: string; readonly missingDocuments: readonly string[] }[];
}

/** Signs the seeded member in on a phone. */
async function memberOnPhone(page: Page, portal: string, slug: string): Promise<void> {
  const found = demoSignIns.find(({ tenant, role }) => tenant === slug && role === 'member');
  if (found === undefined) throw new Error(`no seeded member in ${slug}`);
  await page.goto(`${portal}/sign-in`);
  await page.locator('input[name=email]').fill(found.email);
  await page.locator('input[name=password]').fill(found.password);
  await page.locator('form button[type=submit]').first().click();
  await page.waitForURL(/\/home/u);
}

/** A step of Kosovo's claims, the calendar of their deadlines and the terms are changed through the screens for one minute: what is filed from then on goes by them, what was filed before does not, and all is taken back again. */
export function workflowJourney({ addresses }: Product): Journey {
  return async ({ person, shot }) => {
    const slug = 'ks';
    const [desk, portal] = [ofTenant(addresses.admin, slug), ofTenant(addresses.member, slug)];
    const pack = packOfSlug(slug);
    const { common, editors } = loadMessages('sq');
    const sentence = `Ky nen vlen nga prova ${Date.now().toString(36)}.`;
    const dayOf = (instant: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone: pack.zone }).format(new Date(instant));

    const phone = await person('member', 'phone', 'sq');
    await memberOnPhone(phone, portal, slug);
    const manager = await person('manager', 'desktop', 'sq');
    await signInStaff(manager, desk, slug, 'admin');
    const cookie = await cookiesOf(manager, desk);
    const told = async (id: string): Promise<{ due: string; lacks: string }> => {
      const { body } = await ask(desk, queryPath('claims.get', { id }), { cookie });
      const claim = (JSON.parse(body) as { result: { data: { json: ClaimTold } } }).result.data.json;
      const step = claim.nextStates.find(({ to }) => to === 'verification');
      expectThat(claim.deadline?.dueAt != null && step !== undefined, `the claim has a deadline and a way on: ${body.slice(0, 300)}`);
      return { due: claim.deadline.dueAt, lacks: step.missingDocuments.join() };
    };
    const file = async (): Promise<string> => {
      await fileClaim(phone, portal, slug, () => Promise.resolve());
      return /[0-9a-f]{8}-[0-9a-f-]{27}/u.exec(phone.url())?.[0] ?? '';
    };
    const terms = async (): Promise<string> => String((await ask(portal, '/legal/terms', { headers: { 'accept-language': 'sq' } })).body.includes(sentence));

    const first = await file();
    const before = await told(first);
    expectThat(before.lacks === '' && (await terms()) === 'false', 'as the country pack says, the step asks for no document and the terms know no such sentence');

    const page = await person('administrator', 'desktop', 'sq');
    await signInStaff(page, desk, slug, 'admin');
    const rule = ruleDesk(page, desk, 'sq', pack.zone);
    await rule.begin('workflows');
    const { submitted, verification } = common.statuses.claim;
    await page.locator('#part-claims').getByRole('row').filter({ hasText: new RegExp(`${submitted}.*→.*${verification}`, 'u') }).first().click();
    await page.getByRole('dialog').getByLabel(common.documentKinds.police_report, { exact: true }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const off = page.locator(`#part-calendar [data-day="${dayOf(before.due)}"]`);
    // a deadline of late December lies on the next page
    if (!(await off.isVisible())) await page.getByRole('button', { name: editors.calendar.nextYear, exact: true }).click();
    await off.click();
    await rule.finish('Procesverbali i policisë duhet para verifikimit; një ditë pushimi');
    await shot(page, 'rules-workflow-tried-desktop');
    const acts = await rule.publish('next minute');
    await rule.begin('legal');
    const index = packRule(pack, 'legal').texts.findIndex(({ key }) => key === 'terms');
    const body = rule.field(`texts.${String(index)}.texts.sq.body`);
    await body.fill(`${await body.inputValue()}\n\n${sentence}`);
    await shot(page, 'rules-terms-draft-desktop');
    await rule.finish('Një fjali e re');
    const reads = await rule.publish('next minute');

    if (Date.now() < reads.getTime() - 3_000) expectThat((await terms()) === 'false', 'until their minute the old terms hold');
    await wait(Math.max(0, acts.getTime() - Date.now(), reads.getTime() - Date.now()));
    await becomes('the new terms at their minute', 'true', terms);
    const second = await file();
    const changed = await told(second);
    expectThat(changed.lacks === 'police_report', `the step asks a new claim for the police report, not for "${changed.lacks}"`);
    expectThat(dayOf(changed.due) > dayOf(before.due), `the deadline of a new claim passes over the day off: ${changed.due} after ${before.due}`);
    expectThat(JSON.stringify(await told(first)) === JSON.stringify(before), 'the claim that was filed before goes on as it began');
    await manager.goto(`${desk}/claims?open=${second}`);
    await manager.getByRole('dialog').waitFor();
    await shot(manager, 'rules-claim-after-desktop');
    await phone.goto(`${portal}/legal/terms`);
    await shot(phone, 'rules-terms-after-phone');

    for (const kind of ['workflows', 'legal']) await rule.goBackTo(kind, 1);
    await becomes('the new sentence after the way back', 'false', terms);
    const third = await told(await file());
    expectThat(third.lacks === '' && dayOf(third.due) === dayOf(before.due), 'a claim filed after the way back goes by the old step and calendar');
    expectThat((await told(second)).lacks === 'police_report', 'and the one in between by those of its day');
  };
}
