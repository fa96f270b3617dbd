import { isLocale, locales, inLocale, type Locale, type Localized } from '@interdomestik/rules/locales';
import { isCurrency, type Currency } from '@interdomestik/rules/money';
import type { EditorChoices } from '../_editors/editor';
import { valueAt } from '../_editors/paths';

interface Rule { readonly kind: string; readonly value: unknown }

/** Every currency that a document names. */
function currenciesIn(value: unknown): Currency[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'currency' && isCurrency(inner) ? [inner] : name === 'currencies' && Array.isArray(inner) ? inner.filter(isCurrency) : currenciesIn(inner)));
}

const textsOf = (value: unknown): Localized<string> => (typeof value === 'object' && value !== null ? value : {});

/**
 * What editors offer as choices, from the tenant's own rules: its languages, the currencies that any rule names (its own first), its plans and
 * its branches.
 */
export function choicesOf(rules: readonly Rule[], { currency, locale, branches }: { readonly currency: string; readonly locale: Locale; readonly branches: EditorChoices['branches'] }): EditorChoices {
  const documentOf = (kind: string): unknown => rules.find((rule) => rule.kind === kind)?.value;
  const offered = valueAt(documentOf('languages'), 'offered');
  const plans = valueAt(documentOf('products'), 'plans');
  return {
    languages: Array.isArray(offered) ? locales.filter((one) => offered.includes(one)) : [...locales].filter(isLocale),
    currencies: [...new Set([...(isCurrency(currency) ? [currency] : []), ...rules.flatMap(({ value }) => currenciesIn(value))])],
    plans: Array.isArray(plans) ? plans.flatMap((plan: unknown) => {
      const code = valueAt(plan, 'code');
      return typeof code === 'string' ? [{ code, title: inLocale({ en: code, ...textsOf(valueAt(plan, 'titles')) }, locale) }] : [];
    }) : [],
    branches,
  };
}
