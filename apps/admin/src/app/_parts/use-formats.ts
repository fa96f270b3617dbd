'use client';
import { useLocale, useTimeZone } from 'next-intl';
import { useMemo } from 'react';
import { formatsOf, localeOfTag, type Formats } from './formats';

/** The formats of the page's language and the tenant's zone. */
export function useFormats(): Formats {
  const tag = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  return useMemo(() => formatsOf(localeOfTag(tag), zone), [tag, zone]);
}
