import { locales } from '@interdomestik/i18n';
import { Flag, PlainPage, UiLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller } from '~/server/caller';
import { requestContext } from '~/server/context';
import { languageChoices } from '~/server/site';
import { Language } from './language';

/** The one page of the bare root domain: which country's portal to open. */
export async function CountryPicker() {
  const [t, common, tenants, { origin }] = await Promise.all([
    getTranslations('member.picker'), getTranslations('common'), (await caller()).site.tenants(), requestContext(),
  ]);
  const { protocol, host } = new URL(origin);
  return (
    <PlainPage title={t('title')} head={<div className="flex items-center justify-between gap-4"><p className="text-lg font-bold">{common('brand')}</p><Language languages={languageChoices(locales)} signedIn={false} /></div>}>
      <p>{t('help')}</p>
      <ul className="mt-6 space-y-3 text-ink">
        {tenants.map((tenant) => (
          <li key={tenant.slug}>
            <UiLink href={`${protocol}//${tenant.slug}.${host}/`} className="flex min-h-16 items-center gap-4 rounded-card border bg-raised px-5 py-4 no-underline transition-colors hover:border-line-strong">
              <Flag country={tenant.countryCode} className="h-6 w-9" />
              <span className="text-lg font-semibold">{tenant.name}</span>
            </UiLink>
          </li>
        ))}
      </ul>
    </PlainPage>
  );
}
