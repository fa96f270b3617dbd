'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

interface Dynamic {
  (key: string): string;
  has(key: string): boolean;
}

// i18n-keys: imports.kinds.*, imports.statuses.*, imports.fields.*, imports.outcomes.*, imports.undos.*, imports.pairKinds.*, imports.dateStyles.*, imports.knownPolicies.*, imports.takes.*, imports.decisions.*, imports.ruleKinds.*, imports.ruleWheres.*, imports.repairKinds.*, imports.decimalStyles.*
/** Says a stored word of an import: `word('fields', 'birthDate')`. One that no language has comes back as it is. */
export function useImportWord(): (area: string, value: string) => string {
  const t = useTranslations('imports') as unknown as Dynamic;
  return useCallback((area: string, value: string) => (t.has(`${area}.${value}`) ? t(`${area}.${value}`) : value), [t]);
}

// i18n-keys: errors.import.line.*
/** Says why a line is refused. */
export function useReason(): (reason: string) => string {
  const t = useTranslations('errors') as unknown as Dynamic;
  return useCallback((reason: string) => {
    const key = ['import', 'line', reason].join('.');
    return t.has(key) ? t(key) : reason;
  }, [t]);
}
