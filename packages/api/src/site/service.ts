import { inLocale, notFound, type Currency, type LegalTextKey, type Locale, isCurrency } from '@interdomestik/rules';
import { listTenants, type TenantScope } from '@interdomestik/db';
import { languagesOf } from '../settings/languages';
import { ruleOf } from '../settings/rules';
import { textHash } from './text-hash';

export interface TenantChoice {
  readonly slug: string;
  readonly name: string;
  readonly countryCode: string;
}

/** The currency of a tenant's books. */
export function currencyOf(tenant: { readonly currency: string; readonly slug: string }): Currency {
  if (!isCurrency(tenant.currency)) throw new Error(`tenant ${tenant.slug} has a currency that we do not know`);
  return tenant.currency;
}

/** The countries that a visitor can choose from, by their names in the visitor's language; only active ones are shown. */
export async function listTenantChoices(locale: Locale): Promise<TenantChoice[]> {
  const tenants = await listTenants();
  return tenants.filter(({ status }) => status === 'active').map((tenant) => ({
    slug: tenant.slug, name: inLocale(tenant.country.names, locale), countryCode: tenant.countryCode,
  }));
}

/** What the public pages of a tenant show of it. */
export async function describeSite(site: TenantScope, now: Date, locale: Locale) {
  const [branding, languages, enrolment] = await Promise.all([ruleOf(site, 'branding', now), ruleOf(site, 'languages', now), ruleOf(site, 'enrolment', now)]);
  return {
    slug: site.tenant.slug, name: inLocale(branding.value.names, locale), countryCode: site.tenant.countryCode, country: site.tenant.country, currency: currencyOf(site.tenant),
    timeZone: site.tenant.timeZone, locales: [...languages.value.offered], defaultLocale: languages.value.default,
    branding: { accent: branding.value.accent, supportPhone: branding.value.supportPhone, supportEmail: branding.value.supportEmail },
    enrolment: { requiredFields: [...enrolment.value.requiredFields], referralAllowed: enrolment.value.referralAllowed, minimumAge: enrolment.value.minimumAge },
  };
}

export interface LegalTextView {
  readonly key: LegalTextKey;
  readonly version: number;
  readonly title: string;
  readonly body: string;
  /** SHA-256 of title and body as shown; what a consent refers to. */
  readonly hash: string;
}

/** A legal text in force, in a language or else in the tenant's first one. Throws NOT_FOUND for a key that the tenant has no text for. */
export async function legalText(site: TenantScope, key: LegalTextKey, locale: Locale, now: Date): Promise<LegalTextView> {
  const [rule, languages] = await Promise.all([ruleOf(site, 'legal', now), languagesOf(site, now)]);
  const text = rule.value.texts.find((candidate) => candidate.key === key);
  if (text === undefined) throw notFound();
  const { title, body } = inLocale(text.texts, locale, [languages.default]);
  return { key, version: text.version, title, body, hash: textHash({ title, body }) };
}
