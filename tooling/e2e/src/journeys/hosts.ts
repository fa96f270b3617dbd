import { ofTenant } from '@interdomestik/up';
import { expectThat, type Journey } from '../journey';
import type { Product } from '../stack';

/** Which country a visitor gets, in which language, from the host alone. */
export function hostJourney({ addresses }: Product): Journey {
  return async ({ person, shot }) => {
    const visitor = await person('visitor', 'phone', 'fr-FR');
    await visitor.goto(addresses.member);
    for (const slug of ['mk', 'ks']) {
      const link = visitor.locator(`a[href*="//${slug}.localhost"]`).first();
      expectThat(await link.isVisible(), `the picker offers ${slug}`);
    }
    await shot(visitor, 'hosts-picker-phone');
    for (const [slug, language, letters] of [['mk', 'mk', /[Ѐ-ӿ]{4}/u], ['ks', 'sq', /[ëç]/u]] as const) {
      await visitor.goto(ofTenant(addresses.member, slug));
      const lang = await visitor.locator('html').getAttribute('lang');
      expectThat(lang === language, `${slug} speaks ${language} to a visitor who asked for neither, but is ${String(lang)}`);
      expectThat(letters.test(await visitor.locator('body').innerText()), `${slug}'s own letters are on the page`);
      await shot(visitor, `${slug}-home-phone`);
    }
    const desk = await person('visitor', 'desktop', 'fr-FR');
    for (const slug of ['mk', 'ks']) {
      await desk.goto(ofTenant(addresses.member, slug));
      await shot(desk, `${slug}-home-desktop`);
      await desk.goto(`${ofTenant(addresses.member, slug)}/plans`);
      await shot(desk, `${slug}-plans-desktop`);
    }
    for (const base of [addresses.member, addresses.admin]) {
      const answer = await desk.goto(ofTenant(base, 'nowhere'));
      expectThat(answer?.status() === 404, 'an unknown host is a plain 404');
    }
  };
}
