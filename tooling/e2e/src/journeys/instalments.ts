import { loadMessages } from '@interdomestik/i18n';
import { ofTenant } from '@interdomestik/up';
import { expectThat, sees, type Journey } from '../journey';
import { mailedLink } from '../mailbox';
import { newPerson } from '../people';
import type { Product } from '../stack';
import { branchesOf, packOfSlug, signInStaff } from '../staff';

const plan = 'asistenca_family';
const inParts = 'in_four';

/** A dear plan is sold for cash in parts, the next part is taken on the member's page, and the member sees what is paid and what is due. */
export function instalmentsJourney({ addresses }: Product, slug: 'mk' | 'ks'): Journey {
  const [admin, portal] = [ofTenant(addresses.admin, slug), ofTenant(addresses.member, slug)];
  const locale = packOfSlug(slug).rules.languages.default;
  const { admin: words, common } = loadMessages(locale);
  const part = (number: number): string => common.instalments.part.replace('{number}', String(number)).replace('{parts}', '4');
  return async ({ person, shot }) => {
    const who = newPerson(slug, 'rati');
    const visitor = await person('visitor', 'phone', locale);
    await visitor.goto(`${portal}/plans`);
    await shot(visitor, `${slug}-plans-in-parts-phone`);

    const page = await person('agent', 'desktop', locale);
    await signInStaff(page, admin, slug, `agent.${branchesOf(slug).home}`);
    const next = async (): Promise<void> => { await page.locator('main form button[type=submit]').first().click(); };
    await page.goto(`${admin}/enrol`);
    await page.locator(`label:has(input[value=${plan}])`).click();
    await next();
    for (const field of ['firstName', 'lastName', 'personalNumber', 'phone', 'email'] as const) await page.locator(`input[name=${field}]`).fill(who[field]);
    await next();
    await page.locator(`label:has(input[value=${inParts}])`).click();
    await page.locator('label:has(input[value=cash])').click();
    const said = await page.locator(`label:has(input[value=${inParts}])`).innerText();
    const first = /(?:Сега|Tani)\s+(\d[\d.]*(?:,\d+)?)/u.exec(said.replaceAll('\u00a0', ' '))?.[1];
    expectThat(first !== undefined, `the choice says what is paid now: ${said}`);
    await page.locator('#tendered').fill(first);
    await page.locator('#tendered').blur();
    await shot(page, `${slug}-enrol-parts-payment-desktop`);
    await next();
    await page.locator('input[name=terms]').check();
    await page.locator('input[name=privacy]').check();
    await shot(page, `${slug}-enrol-parts-check-desktop`);
    await page.locator('main form button[type=submit]').first().dblclick();
    await sees(page, /MEM-[A-Z]{2}-\d{6}/u, 30_000);
    await shot(page, `${slug}-enrol-parts-done-desktop`);

    await page.goto(`${admin}/members?q=${encodeURIComponent(who.email)}`);
    await page.getByRole('row').filter({ hasText: who.lastName }).first().click();
    await page.getByRole('dialog').getByRole('tab').nth(1).click();
    await sees(page, part(2));
    await shot(page, `${slug}-member-parts-desktop`);
    await page.getByRole('button', { name: words.members.instalments.take, exact: true }).first().click();
    const dialog = page.getByRole('dialog').filter({ has: page.locator('#counted') });
    const each = /(\d[\d.]*(?:,\d+)?)\s*(?:ден|€)/u.exec((await dialog.innerText()).replaceAll('\u00a0', ' '))?.[1] ?? '';
    await dialog.locator('#counted').fill(each);
    await dialog.locator('#counted').blur();
    await shot(page, `${slug}-part-taken-desktop`);
    await dialog.locator('button[type=submit]').dblclick();
    await dialog.waitFor({ state: 'hidden' });
    const line = page.getByRole('listitem').filter({ hasText: part(2) });
    await line.getByText(common.statuses.instalment.paid, { exact: true }).waitFor();
    await line.page().getByRole('listitem').filter({ hasText: part(3) }).getByText(common.statuses.instalment.due, { exact: true }).waitFor();

    const mailbox = await person('mailbox', 'desktop', locale);
    const phone = await person('member', 'phone', locale);
    await phone.goto(await mailedLink(mailbox, `${admin}/mailbox`, who.email, '/invitation'));
    await phone.locator('input[name=password]').fill(who.password);
    await phone.locator('form button[type=submit]').click();
    await phone.waitForURL(/\/home/u);
    await phone.goto(`${portal}/payments`);
    await sees(phone, part(3));
    await shot(phone, `${slug}-payments-in-parts-phone`);
  };
}
