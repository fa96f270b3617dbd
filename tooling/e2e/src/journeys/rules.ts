import { ofTenant } from '@interdomestik/up';
import { packRule } from '@interdomestik/rules/country-packs';
import { ask, queryPath, signInMember } from '../attacks/http';
import { expectThat, type Journey } from '../journey';
import { ruleDesk } from '../rule-desk';
import { packOfSlug, signInStaff } from '../staff';
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
    await rule.check();
    await rule.publish('now');
    await becomes('the price after the way back', before, () => priceOf(portal, plan));
    expectThat((await billed()) === bills, 'and still is');
    await page.goto(`${desk}/settings/products`);
    await shot(page, 'rules-price-history-desktop');
  };
}
