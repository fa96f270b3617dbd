import { mkPack, xkPack, type CountryPack, type Locale, type Localized, type MoneyJson } from '@interdomestik/rules';

const offered: readonly Locale[] = ['sr', 'mk', 'en'];

/** The same texts in the languages of the third country: Macedonian from the one pack, the rest from the other. */
function texts<T>(mk: Localized<T>, xk: Localized<T>): Localized<T> {
  const both: Localized<T> = { ...mk, ...xk };
  return Object.fromEntries(offered.map((locale) => [locale, both[locale]]));
}

const prices: Readonly<Record<string, string>> = { '0': '0', '2000': '6700', '3500': '11705', '9500': '31800', '2500': '8400', '5000': '16750', '1200': '4020', '1000': '3350', '200000': '670000' };

/** A currency with three decimals beside the euro. */
const priced = (amounts: readonly { readonly minor: unknown; readonly currency: string }[]): MoneyJson[] =>
  amounts.flatMap(({ minor }) => [{ minor: prices[String(minor)] ?? '1000', currency: 'KWD' as const }, { minor: String(minor), currency: 'EUR' as const }]);

/**
 * A country that does not exist, as a file would bring it: books in a currency of three decimals, one VAT rate of its own, a week from Sunday to Thursday with
 * holidays of its own, a phone plan that nobody published, no personal number, Serbian, Macedonian and English.
 */
export function thirdPack(word = 'novarija'): CountryPack {
  const { rules } = xkPack;
  const mkLegal = mkPack.rules.legal.texts;
  const mkPlans = mkPack.rules.products.plans;
  const mkAddons = mkPack.rules.products.addons ?? [];
  return {
    tenant: { id: `tenant_${word}`, slug: word, name: 'Interdomestik Novarija', flag: '🏳️' },
    country: {
      code: 'QN',
      names: { mk: 'Новарија', sq: 'Novaria', sr: 'Novarija', en: 'Novaria' },
      phone: { callingCode: '999', trunk: '', mobilePrefixes: ['5'], digits: { min: 7, max: 7 } },
      personalNumbers: [],
      taxId: { digits: 8, prefixes: ['QN'], check: null },
    },
    currencies: ['KWD', 'EUR'],
    zone: 'Atlantic/Azores',
    branches: [
      { code: 'luka', name: 'Poslovnica Luka', city: 'Luka', address: 'Primer 1', phone: '+999 5 000 001' },
      { code: 'brdo', name: 'Poslovnica Brdo', city: 'Brdo', address: 'Primer 2', phone: '+999 5 000 002' },
    ],
    rules: {
      ...rules,
      products: {
        ...rules.products,
        plans: rules.products.plans.map((plan, index) => {
          const mk = mkPlans[index] ?? plan;
          return {
            ...plan, titles: texts(mk.titles, plan.titles), summaries: texts(mk.summaries, plan.summaries), benefits: texts(mk.benefits, plan.benefits), covers: texts(mk.covers, plan.covers),
            prices: priced(plan.prices), successFee: plan.successFee === null ? null : { ...plan.successFee, minimums: priced(plan.successFee.minimums) },
          };
        }),
        addons: (rules.products.addons ?? []).map((addon, index) => {
          const mk = mkAddons[index] ?? addon;
          return { ...addon, titles: texts(mk.titles, addon.titles), summaries: texts(mk.summaries, addon.summaries), prices: priced(addon.prices) };
        }),
      },
      tax: { ...rules.tax, rates: [{ category: 'standard', rateBp: 1250 }, { category: 'exempt', rateBp: 0 }] },
      invoicing: { ...rules.invoicing, invoice: { series: 'QF', pattern: '{country}/{series}-{year}-{n:5}' }, languages: { primary: 'sr', secondary: 'en' }, issuer: { ...rules.invoicing.issuer, legalName: 'Interdomestik Demo Novarija', city: 'Luka' } },
      payments: { routes: rules.payments.routes.map((route) => (route.provider === 'paddle' ? route : { ...route, currencies: ['KWD' as const] })) },
      commissions: { ...rules.commissions, minimumPayout: priced(rules.commissions.minimumPayout) },
      enrolment: { ...rules.enrolment, defaultBranchCode: 'luka' },
      limits: { ...rules.limits, cashPerPayment: priced(rules.limits.cashPerPayment) },
      workflows: {
        ...rules.workflows, routes: (rules.workflows.routes ?? []).map((route, index) => ({ ...route, titles: texts(mkPack.rules.workflows.routes?.[index]?.titles ?? route.titles, route.titles) })), calendar: { ...rules.workflows.calendar, zone: 'Atlantic/Azores', weekdays: [7, 1, 2, 3, 4], holidaysOf: null, closedOn: ['2026-11-29', '2027-01-10'] },
      },
      legal: { texts: rules.legal.texts.map((text, index) => ({ ...text, texts: texts(mkLegal[index]?.texts ?? {}, text.texts) })) },
      branding: { ...rules.branding, names: { sr: 'Interdomestik', mk: 'Интердоместик', en: 'Interdomestik' }, supportPhone: '+999 5 000 000', supportEmail: 'pomoc@novarija.example' },
      languages: { default: 'sr', offered: [...offered] },
    },
  };
}
