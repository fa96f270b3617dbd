import { getTranslations } from 'next-intl/server';
import { requestContext } from '@/server/context';
import { formatsOf } from '../../../_parts/formats';
import { sayOf, type Dynamic, type Say } from './say';

export type { Say } from './say';

/** The words and formats of this request. */
export async function sayer(timeZone: string): Promise<Say> {
  const [{ locale }, typed] = await Promise.all([requestContext(), getTranslations()]);
  return sayOf(typed as unknown as Dynamic, formatsOf(locale, timeZone));
}
