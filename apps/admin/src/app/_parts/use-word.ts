'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

/** A translator for words whose key arrives as data. */
interface Dynamic {
  (key: string): string;
  has(key: string): boolean;
}

// i18n-keys: common.statuses.*, common.claimCategories.*, common.rejectReasons.*, common.paymentMethods.*, common.channels.*, common.documentKinds.*
// i18n-keys: common.policyKinds.*, common.leadSources.*, common.roles.*, common.ruleKinds.*, common.languages.*, common.postingKinds.*
/** Says a stored word: `word('statuses.claim', claim.status)`. A word that no language has comes back as it is. */
export function useWord(): (area: string, value: string) => string {
  const t = useTranslations('common') as unknown as Dynamic;
  return useCallback((area: string, value: string) => (t.has(`${area}.${value}`) ? t(`${area}.${value}`) : value), [t]);
}
