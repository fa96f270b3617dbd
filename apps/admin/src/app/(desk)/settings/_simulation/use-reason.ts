'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { encodeMessage, useErrorText } from '@/trpc/errors';

export interface Reason {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Says why rules refuse something: in the words that a person at the till would read, or in ours for what never was at a till. */
export function useReason(): (reason: Reason) => string {
  const t = useTranslations('simulation');
  const errorText = useErrorText();
  return useCallback(({ key, params }: Reason) => (key === 'simulation.reasons.imported' ? t('reasons.imported') : errorText(encodeMessage(key, params))), [t, errorText]);
}
