import { messageOf } from '@interdomestik/i18n';
import { isDomainError, readPackText, ruleKinds, type Locale } from '@interdomestik/rules';

/** The same for people and for programs. */
export interface Told {
  readonly text: string;
  readonly data: object;
}

export type CheckedPack = { readonly ok: true; readonly told: Told; readonly defaultLocale: Locale } | { readonly ok: false; readonly told: Told };

const language: Locale = 'en';

/** Reads the text of a country pack: what it would make, or everything that is wrong with it, each with its place. */
export function checkPackText(text: string): CheckedPack {
  const reading = readPackText(text);
  if (!reading.ok) {
    const issues = reading.issues.map(({ field, key, params }) => ({ place: field, key, message: messageOf(language, key, params) }));
    return { ok: false, told: { data: { ok: false, issues }, text: [`The pack has ${String(issues.length)} ${issues.length === 1 ? 'mistake' : 'mistakes'}:`, ...issues.map(({ place, message }) => `  ${place === '' ? '(whole file)' : place}: ${message}`)].join('\n') } };
  }
  const { tenant, country, currencies, branches, rules } = reading.pack;
  const { offered, default: first } = rules.languages;
  const facts = `${tenant.id} (${country.code}), ${currencies.join(' and ')}, ${offered.join(' ')} starting with ${first}, ${String(branches.length)} branches, ${String(ruleKinds.length)} rules`;
  return {
    ok: true, defaultLocale: first,
    told: { data: { ok: true, tenantId: tenant.id, slug: tenant.slug, country: country.code, currencies, languages: offered, branches: branches.map(({ code }) => code) }, text: `The pack is right: ${facts}.` },
  };
}

/** What a refusal of the product says, with the field that it is about; null for any other error. */
export function refusalOf(error: unknown): string | null {
  if (!isDomainError(error)) return null;
  const sentence = messageOf(language, error.messageKey, error.params);
  return error.field === undefined ? sentence : `${error.field}: ${sentence}`;
}
