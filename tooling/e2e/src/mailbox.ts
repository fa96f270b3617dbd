import type { Page } from 'playwright-core';

/** The link of the newest kept mail to this address whose path contains `path`. Waits for the worker that writes mails. */
export async function mailedLink(page: Page, mailbox: string, email: string, path: string): Promise<string> {
  for (let round = 0; round < 20; round += 1) {
    await page.goto(mailbox);
    const rows = page.locator('nav a[href^="/mailbox/"]').filter({ hasText: email });
    const mails = await rows.evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href));
    for (const mail of mails) {
      await page.goto(mail);
      const link = page.frameLocator('iframe').locator(`a[href*="${path}"]`).first();
      const found = await link.getAttribute('href', { timeout: 3_000 }).catch(() => null);
      if (found !== null) return found;
    }
    await page.waitForTimeout(500);
  }
  throw new Error(`no mail with a link to ${path} came to ${email}`);
}
