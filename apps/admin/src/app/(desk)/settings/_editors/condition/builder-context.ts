'use client';
import type { ConditionContext, FactSpec } from '@interdomestik/rules/conditions';
import { factsOf } from '@interdomestik/rules/conditions';
import type { Currency } from '@interdomestik/rules/money';
import type { Option } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { createContext, use, useMemo } from 'react';
import { useFormats } from '../../../../_parts/use-formats';
import type { EditorChoices } from '../editor';

/** A translator of the area `conditions` for keys that arrive as data. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface Builder {
  readonly context: ConditionContext;
  readonly facts: Readonly<Record<string, FactSpec>>;
  /** The values that a fact can have, where it can have only these. */
  readonly optionsOf: (fact: string) => readonly Option[] | null;
  /** The currency of amounts; null where the claim decides. */
  readonly currency: Currency | null;
  /** How many decimals an amount has where its currency is not known. */
  readonly mainCurrency: Currency | null;
  /** Leads the keyboard on when the line it was in is gone. */
  readonly refocus: () => void;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const builder = use(BuilderContext);
  if (builder === null) throw new Error('a control of the builder stands outside of it');
  return builder;
}

// i18n-keys: conditions.*
export function useConditionWords(): Words {
  return useTranslations('conditions') as unknown as Words;
}

/** What a fact is called in the builder. */
export const labelOf = (words: Words, context: ConditionContext, fact: string): string => words(`${context}.${fact}.label`);

const upperFirst = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
const monthNumbers = Array.from({ length: 12 }, (_, index) => String(index + 1));

/** The lists of a tenant as options, and as names for a sentence. */
export function useConditionLists(context: ConditionContext, choices: EditorChoices) {
  const words = useConditionWords();
  const { locale } = useFormats();
  return useMemo(() => {
    const facts = factsOf(context);
    const own: Readonly<Record<string, readonly Option[]>> = {
      plan: choices.plans.map(({ code, title }) => ({ value: code, label: title })),
      branch: choices.branches.map(({ code, name }) => ({ value: code, label: name })),
      currency: choices.currencies.map((currency) => ({ value: currency, label: currency })),
    };
    const optionsOf = (fact: string): readonly Option[] | null => {
      const spec = facts[fact];
      if (fact === 'month') return monthNumbers.map((value) => ({ value, label: upperFirst(words(`months.${value}`)) }));
      if (spec?.type !== 'choice') return null;
      return spec.choices?.map((value) => ({ value, label: upperFirst(words(`choices.${fact}.${value}`)) })) ?? own[fact] ?? [];
    };
    const names = Object.fromEntries(Object.entries(own).map(([fact, options]) => [fact, Object.fromEntries(options.map(({ value, label }) => [value, label]))]));
    return { facts, optionsOf, values: { locale, names, currencies: choices.currencies } };
  }, [context, choices, words, locale]);
}
