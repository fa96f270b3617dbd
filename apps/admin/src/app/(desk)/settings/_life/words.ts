import { sayCondition } from '@interdomestik/i18n/conditions';
import type { Condition } from '@interdomestik/rules/conditions';
import { inLocale, isLocale, type Localized } from '@interdomestik/rules/locales';
import { isCurrency, type Money } from '@interdomestik/rules/money';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import type { Say } from '../_kinds/say';
import type { Step } from './difference';

// i18n-keys: conditions.*, settings.fields.*, settings.values.*, common.ui.yes, common.ui.no, common.channels.*

/** Where the words of a field's values are, by the name of the field. */
const areas: Readonly<Record<string, string>> = {
  method: 'common.paymentMethods', provider: 'admin.settings.payments.providers', taxDocumentIssuer: 'admin.settings.payments.issuers', channels: 'admin.settings.channels',
  category: 'common.claimCategories', membershipCategory: 'admin.settings.tax.categories', successFeeCategory: 'admin.settings.tax.categories', exemptTextKey: 'admin.settings.legal.keys',
  requiredFields: 'common.fields', offered: 'common.languages', default: 'common.languages', primary: 'common.languages', secondary: 'common.languages',
  secondPersonFor: 'common.ruleKinds', simulateFor: 'common.ruleKinds', requiredDocuments: 'common.documentKinds', rejectReasons: 'common.rejectReasons',
  gates: 'admin.settings.workflows.gates', anyOf: 'admin.settings.workflows.may', scope: 'admin.settings.workflows.scopes', key: 'admin.settings.legal.keys', to: 'common.roles',
  weekdays: 'common.dates.weekdays', fiscalYearStartMonth: 'common.dates.months',
};

/** Where the names of a list's entries are, by the name of the list. */
const entryAreas: Readonly<Record<string, string>> = {
  rates: 'admin.settings.tax.categories', routes: 'common.paymentMethods', texts: 'admin.settings.legal.keys', categories: 'common.claimCategories', stages: 'common.statuses.claim',
};

const isTitled = (item: unknown): item is { readonly titles: Localized<string> } => typeof item === 'object' && item !== null && 'titles' in item && typeof item.titles === 'object' && item.titles !== null && Object.keys(item.titles).length > 0;

function entryName(say: Say, steps: readonly Step[], at: number): string {
  const step = steps[at];
  if (step === undefined || !('id' in step)) return '';
  if (isTitled(step.item)) return inLocale(step.item.titles, say.formats.locale);
  const list = steps[at - 1];
  const listName = list !== undefined && 'name' in list ? list.name : '';
  if (listName === 'events') return say.word('notifications', `${step.id}.title`, { number: '…' });
  if (listName === 'transitions') {
    const owner = steps[at - 2];
    const area = owner !== undefined && 'name' in owner && owner.name === 'memberships' ? 'common.statuses.membership' : 'common.statuses.claim';
    return step.id.split('>').map((state) => say.word(area, state)).join(' → ');
  }
  return say.word(entryAreas[listName] ?? 'settings.values', step.id);
}

/** The place in words, from the whole to the part: `Tax rates · Standard · Rate`. */
export function placeText(say: Say, steps: readonly Step[]): string {
  // what lies inside a condition is JSON, which the words of the fault explain better
  const condition = steps.findIndex((step) => 'name' in step && step.name === 'when');
  return (condition === -1 ? steps : steps.slice(0, condition + 1)).map((step, at) => {
    if ('id' in step) return entryName(say, steps, at);
    const parent = steps[at - 1];
    const localized = isLocale(step.name) && parent !== undefined && 'name' in parent;
    return localized ? say.word('common.languages', step.name) : say.word('settings.fields', step.name);
  }).filter((word) => word !== '').join(' · ');
}

/** The figures of a fault as its sentence shows them: a fact of a condition by its name in the builder. */
export function paramsText(say: Say, kind: RuleKind, { key, params }: { readonly key: string; readonly params: Readonly<Record<string, string | number>> }): Readonly<Record<string, string | number>> {
  const fact = params['fact'];
  return key.startsWith('errors.condition.') && typeof fact === 'string' && fact !== '' ? { ...params, fact: say.word('conditions', `${kind === 'products' ? 'sale' : 'claim'}.${fact}.label`).replace(/^.*\.label$/u, fact) } : params;
}

const isAmount = (value: unknown): value is { readonly minor: string; readonly currency: Money['currency'] } =>
  typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value && /^-?\d{1,15}$/u.test(String(value.minor)) && isCurrency(value.currency);

const none = '–';
const bytesOfMegabyte = 1024 * 1024;
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function numberText(say: Say, name: string, value: number): string {
  if (name.endsWith('Bp') || name === 'percentBp') return say.formats.percent(value);
  if (name === 'maxBytes') return say.word('admin.settings.limits', 'megabytes', { size: Math.round(value / bytesOfMegabyte) });
  if (name === 'opensAt' || name === 'closesAt') return clock(value);
  const area = areas[name];
  return area === undefined ? say.formats.count(value) : say.word(area, String(value));
}

function textOf(say: Say, name: string, value: string, kind: RuleKind): string {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) return say.formats.day(value);
  if (/^(?:application|image)\//u.test(value)) return value.slice(value.indexOf('/') + 1).toUpperCase();
  const area = kind === 'tax' && name === 'category' ? 'admin.settings.tax.categories' : areas[name];
  const said = area === undefined ? value : say.word(area, value);
  return said === value ? say.word('settings.values', value) : said;
}

/** A value in words; a dash for nothing. Lists and amounts in one line. */
export function valueText(say: Say, kind: RuleKind, steps: readonly Step[], value: unknown): string {
  const named = steps.findLast((step) => 'name' in step);
  const last = named !== undefined && 'name' in named ? named.name : '';
  const parent = steps.at(-2);
  // the share of a kind of sale stands below `percentBp`
  const name = parent !== undefined && 'name' in parent && parent.name === 'percentBp' ? 'percentBp' : last;
  const say1 = (one: unknown): string => {
    if (one === null || one === undefined || one === '') return none;
    if (typeof one === 'boolean') return say.word('common.ui', one ? 'yes' : 'no');
    if (isAmount(one)) return say.formats.money({ minor: BigInt(one.minor), currency: one.currency });
    if (typeof one === 'number') return numberText(say, name, one);
    if (typeof one === 'string') return textOf(say, name, one, kind);
    return Array.isArray(one) ? many(one) : Object.entries(one).map(([field, inner]) => `${say.word('settings.fields', field)}: ${valueText(say, kind, [{ name: field }], inner)}`).join(', ');
  };
  if (last === 'when') return sayCondition(value as Condition | null, kind === 'products' ? 'sale' : 'claim', (key, values) => say.word('conditions', key, values), { locale: say.formats.locale, names: {}, currencies: [] });
  const many = (list: readonly unknown[]): string => (list.length === 0 ? none : list.map(say1).join(list.every(isAmount) ? ' / ' : ', '));
  return say1(value);
}
