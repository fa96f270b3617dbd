import type { Page } from 'playwright-core';
import { ofTenant } from '@interdomestik/up';
import { expectThat, sees, type Journey } from '../journey';
import { fetchPaper } from '../papers';
import type { Product } from '../stack';
import { branchesOf, packOfSlug, signInStaff } from '../staff';
import { joined } from './member';

/** Whether the member's page opens for this person of the staff. */
const finds = async (page: Page, address: string): Promise<boolean> => (await page.goto(address))?.status() === 200;

/** A member who joined goes from one branch to another: asked for here, approved there, and nothing of the member's is lost on the way. */
export function transferJourney({ addresses }: Product, slug: 'mk' | 'ks'): Journey {
  const admin = ofTenant(addresses.admin, slug);
  const member = ofTenant(addresses.member, slug);
  const { home, other } = branchesOf(slug);
  const target = packOfSlug(slug).branches.find(({ code }) => code === other)?.name ?? other;
  return async ({ person, shot }) => {
    const online = joined.get(slug);
    expectThat(online !== undefined, 'somebody joined before');
    const giving = await person('giving-manager', 'desktop', 'fr-FR');
    await signInStaff(giving, admin, slug, `manager.${home}`);
    await giving.goto(`${admin}/members?q=${encodeURIComponent(online.who.email)}`);
    const link = giving.locator('main a[href^="/members/"]').first();
    const memberPath = (await link.getAttribute('href')) ?? '';
    const page = `${admin}${memberPath}`;
    await giving.goto(page);
    await giving.locator('main button:has(svg.lucide-arrow-left-right)').click();
    await giving.locator('[role=dialog] select[name=toBranchId]').selectOption({ label: target });
    await giving.locator('[role=dialog] textarea[name=reason]').fill(`${online.who.firstName}: ${target}`);
    await shot(giving, `${slug}-transfer-ask-desktop`);
    await giving.locator('button[form=transfer]').click();
    await giving.locator('[role=dialog]').waitFor({ state: 'detached' });
    await sees(giving, target);

    const receiving = await person('receiving-manager', 'desktop', 'fr-FR');
    await signInStaff(receiving, admin, slug, `manager.${other}`);
    expectThat(!(await finds(receiving, page)), 'the other branch does not see the member before it says yes');
    await receiving.goto(`${admin}/transfers`);
    await receiving.locator('main tbody tr').first().click();
    const agent = receiving.locator('[role=dialog] select');
    await agent.locator('option').nth(1).waitFor({ state: 'attached' });
    await agent.selectOption({ index: 1 });
    await shot(receiving, `${slug}-transfer-decide-desktop`);
    await receiving.locator('[role=dialog] form button[type=submit]').click();
    await receiving.locator('[role=dialog]').waitFor({ state: 'detached' });

    expectThat(await finds(receiving, page), 'the new branch sees the member');
    await sees(receiving, online.who.lastName);
    expectThat(!(await finds(giving, page)), 'the old branch sees the member no more');
    await giving.goto(`${admin}/members?q=${encodeURIComponent(online.who.email)}`);
    await giving.locator('main h1').waitFor();
    expectThat((await giving.locator(`main a[href="${memberPath}"]`).count()) === 0, 'nor in its list');
    await giving.goto(`${admin}/transfers?view=done`);
    await giving.locator('main tbody tr').first().waitFor();
    expectThat(!(await giving.locator('main').innerText()).includes(online.who.lastName), 'nor by name in what was decided');

    const self = await person('moved-member', 'phone', 'fr-FR');
    await self.goto(`${member}/sign-in`);
    await self.locator('input[name=email]').fill(online.who.email);
    await self.locator('input[name=password]').fill(online.who.password);
    await self.locator('form button[type=submit]').click();
    await self.waitForURL(/\/home/u);
    await self.goto(`${member}/notifications`);
    await sees(self, target);
    await shot(self, `${slug}-moved-notification-phone`);
    await self.goto(`${member}/card`);
    await sees(self, /MEM-[A-Z]{2}-\d{6}/u);
    await self.goto(`${member}/documents`);
    const paper = await self.locator('a[href^="/api/documents/"]').first().getAttribute('href');
    expectThat(paper !== null && (await fetchPaper(self, paper)).length > 0, 'the member’s papers still open');
  };
}
