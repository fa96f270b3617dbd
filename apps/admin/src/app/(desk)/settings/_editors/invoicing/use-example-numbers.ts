'use client';
import { todayIn } from '@interdomestik/rules/periods';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { exampleNumbers } from './numbers';

/** The help of a field that holds a number pattern: the next numbers as it would make them, or how one is written. */
export function useExampleNumbers(fiscalYearStartMonth: number): (pattern: string, series: string) => string | undefined {
  const t = useTranslations('editors.invoicing');
  const me = trpc.accounts.me.useQuery(undefined, { staleTime: Infinity });
  const [now] = useState(() => new Date());
  const tenant = me.data?.tenant ?? null;
  return (pattern, series) => {
    if (tenant === null) return undefined;
    const numbers = exampleNumbers(pattern, series, { country: tenant.countryCode, today: todayIn(tenant.timeZone, now), fiscalYearStartMonth });
    return numbers === null ? t('patternHelp') : t('example', { numbers });
  };
}
