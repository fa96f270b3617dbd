import type { Formats } from '../../../_parts/formats';

/** A translator for keys that arrive as data. */
export interface Dynamic {
  (key: string, values?: Readonly<Record<string, string | number>>): string;
  has(key: string): boolean;
}

// i18n-keys: common.units.*, common.fields.*, common.statuses.*, common.claimCategories.*, common.documentKinds.*, common.paymentMethods.*, common.rejectReasons.*, common.commissionKinds.*
// i18n-keys: common.languages.*, common.dates.months.*, common.dates.weekdays.*, notifications.*, admin.settings.channels.*, admin.settings.tax.categories.*, admin.settings.payments.providers.*
// i18n-keys: admin.settings.payments.issuers.*, admin.settings.workflows.gates.*, admin.settings.workflows.may.*, admin.settings.workflows.scopes.*, admin.settings.legal.keys.*

/** What turns the values of a rule into words. */
export interface Say {
  readonly formats: Formats;
  /** `word('common.documentKinds', 'photos')`; a value that no language knows comes back as it is. */
  readonly word: (area: string, value: string, values?: Readonly<Record<string, string | number>>) => string;
  /** Several words in one line; a dash for none. */
  readonly words: (area: string, values: readonly string[]) => string;
  /** `unit('day', 30)`: `30 days`. */
  readonly unit: (unit: 'day' | 'hour' | 'businessHour' | 'minute' | 'month' | 'year' | 'person', count: number) => string;
}

/** The words of a translator over every area. */
export function sayOf(t: Dynamic, formats: Formats): Say {
  const word: Say['word'] = (area, value, values) => (t.has(`${area}.${value}`) ? t(`${area}.${value}`, values) : value);
  return {
    formats,
    word,
    words: (area, values) => (values.length === 0 ? '–' : values.map((value) => word(area, value)).join(', ')),
    unit: (unit, count) => word('common.units', unit, { count }),
  };
}
