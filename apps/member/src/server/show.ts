import { getLocale, getNow, getTimeZone } from 'next-intl/server';
import { cache } from 'react';
import { showFor } from '../lib/show';

/** `showFor` of this request, for server components. */
export const show = cache(async () => showFor(await getLocale(), await getTimeZone(), await getNow()));
