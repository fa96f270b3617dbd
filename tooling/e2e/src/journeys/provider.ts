import { loadMessages } from '@interdomestik/i18n';
import { ofTenant } from '@interdomestik/up';
import { expectThat, sees, settled, type Journey } from '../journey';
import { faultsOf } from '../looks';
import type { Product } from '../stack';
import { packOfSlug, signInStaff } from '../staff';

/** An administrator tries the account of the payment provider, sees the event arrive, exchanges the webhook secret, and has our records compared with the provider's. */
export function providerJourney({ addresses }: Product, slug: 'mk' | 'ks'): Journey {
  const admin = ofTenant(addresses.admin, slug);
  const { providerAccounts: t, inbox, reconciliation } = loadMessages(packOfSlug(slug).rules.languages.default);
  return async ({ person, shot }) => {
    const page = await person('admin', 'desktop', packOfSlug(slug).rules.languages.default);
    await signInStaff(page, admin, slug, 'admin');
    const looks = async (name: string): Promise<void> => {
      for (const [width, word] of [[1280, 'desktop'], [390, 'phone']] as const) {
        await page.setViewportSize({ width, height: 800 });
        await settled(page);
        expectThat((await faultsOf(page)).length === 0, `${name} on ${word} looks as it should: ${(await faultsOf(page)).join('\n')}`);
        await shot(page, `${slug}-${name}-${word}`);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    };

    await page.goto(`${admin}/settings/payment-accounts`);
    await looks('payment-accounts');
    await page.getByRole('button', { name: t.try }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: t.try }).click();
    await sees(page, t.answers.ok);
    await sees(page, t.provided.works);
    await sees(page, t.arrivals.done, 30_000);
    await looks('payment-account-trial');
    await page.getByRole('dialog').getByRole('link').click();
    await sees(page, inbox.reasons.test);
    await looks('provider-event');

    const secret = `pdl_ntfset_${'0123456789abcdef'.repeat(2)}`;
    await page.goto(`${admin}/settings/payment-accounts`);
    await page.getByRole('button', { name: t.addSecret }).first().click();
    await page.locator('input[name=signingKey]').fill(secret);
    await page.locator('button[type=submit][form=secret]').click();
    await sees(page, t.secretAdded);
    await page.getByRole('button', { name: t.retire }).first().click();
    await page.getByRole('dialog').locator('input').fill(secret.slice(-4));
    await looks('payment-account-retire');
    await page.getByRole('dialog').getByRole('button', { name: t.retire }).click();
    await sees(page, t.retired);
    expectThat(!(await page.content()).includes(secret.slice(0, -4)), 'the page never shows a secret');

    await page.goto(`${admin}/payments/reconciliation`);
    await page.getByRole('button', { name: reconciliation.start }).click();
    await sees(page, reconciliation.statuses.done, 30_000);
    await looks('reconciliation');
    await page.goto(`${admin}/payments/events`);
    await looks('provider-events');
  };
}
