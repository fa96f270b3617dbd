import type { z } from 'zod';
import {
  conflict, countryPacks, DomainError, findPack, inLocale, legalTextsOf, moneyToJson, notFound, packRule, readPack, readPackText,
  type CountryPack, type FieldIssue, type Locale, type packSourceSchema, type PackReading,
} from '@interdomestik/rules';
import { forgetTenants, listTenants } from '@interdomestik/db';

export type PackSource = z.infer<typeof packSourceSchema>;

/** The packs that the product brings, and whether each has its tenant already. */
export async function listPacks(locale: Locale) {
  const tenants = await listTenants();
  return countryPacks.map(({ tenant, country }) => ({
    id: tenant.id, slug: tenant.slug, countryCode: country.code, name: inLocale(country.names, locale), taken: tenants.some(({ id, slug }) => id === tenant.id || slug === tenant.slug),
  }));
}

/** A pack of the product as the text of a file, to write another country's from. Throws NOT_FOUND. */
export function packFile(builtIn: string): { name: string; text: string } {
  const pack = findPack(builtIn);
  if (pack === undefined) throw notFound();
  return { name: `${pack.tenant.id}.json`, text: `${JSON.stringify(pack, null, 2)}\n` };
}

function read(source: PackSource): PackReading {
  if (source.text !== undefined) return readPackText(source.text);
  const pack = findPack(source.builtIn ?? '');
  if (pack === undefined) throw notFound();
  return readPack(pack);
}

/** The pack that a source holds. Throws INVALID on the first place that is wrong, NOT_FOUND for a pack that the product does not bring. */
export function packFrom(source: PackSource): CountryPack {
  const reading = read(source);
  if (reading.ok) return reading.pack;
  const [first] = reading.issues;
  throw new DomainError('INVALID', first?.key ?? 'errors.invalid', { field: ['pack', first?.field].filter(Boolean).join('.'), params: first?.params });
}

/** The refusal of an id or host label that a tenant has already. */
export const tenantTaken = ({ tenant }: CountryPack): DomainError => conflict('errors.platform.tenantTaken', { id: tenant.id, slug: tenant.slug });

async function takenBy(pack: CountryPack): Promise<FieldIssue[]> {
  forgetTenants();
  const tenants = await listTenants();
  const { id, slug } = pack.tenant;
  const { messageKey: key, params } = tenantTaken(pack);
  if (tenants.some((tenant) => tenant.id === id)) return [{ field: 'tenant.id', key, params }];
  return tenants.some((tenant) => tenant.slug === slug) ? [{ field: 'tenant.slug', key, params }] : [];
}

function contentOf(pack: CountryPack, locale: Locale) {
  const [products, tax, payments, invoicing] = [packRule(pack, 'products'), packRule(pack, 'tax'), packRule(pack, 'payments'), packRule(pack, 'invoicing')];
  const { languages, workflows } = pack.rules;
  return {
    tenantId: pack.tenant.id, slug: pack.tenant.slug, name: pack.tenant.name, countryCode: pack.country.code, country: inLocale(pack.country.names, locale), zone: pack.zone,
    currencies: [...pack.currencies], defaultLocale: languages.default, locales: [...languages.offered],
    branches: pack.branches.map(({ code, name, city }) => ({ code, name, city, isDefault: code === pack.rules.enrolment.defaultBranchCode })),
    plans: products.plans.toSorted((a, b) => a.sort - b.sort).map((plan) => ({ code: plan.code, title: inLocale(plan.titles, locale, [languages.default]), prices: plan.prices.map(moneyToJson), periodMonths: plan.periodMonths })),
    vat: tax.rates.map(({ category, rateBp }) => ({ category, rateBp })),
    routes: payments.routes.filter(({ active }) => active).map(({ method, currencies }) => ({ method, currencies: [...currencies] })),
    legalTexts: legalTextsOf(pack).map(({ missing, ...text }) => ({ ...text, missing: [...missing] })),
    demoIssuer: invoicing.issuer.demo, asksPersonalNumber: pack.country.personalNumbers.length > 0,
    holidaysOf: workflows.calendar.holidaysOf, closedDays: workflows.calendar.closedOn.length,
  };
}

/** What a pack contains, and everything that keeps it from becoming a tenant, each with its place in the pack. */
export async function checkPack(source: PackSource, locale: Locale) {
  const reading = read(source);
  if (!reading.ok) return { issues: [...reading.issues], content: null };
  return { issues: await takenBy(reading.pack), content: contentOf(reading.pack, locale) };
}
