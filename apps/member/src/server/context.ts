import { askerOf, contextOf } from '@interdomestik/api/http';
import { identify, passwords } from '@interdomestik/auth';
import { headers } from 'next/headers';
import { cache } from 'react';
import { app } from './app';

/** Who asks for this page, found out once a request. */
export const requestContext = cache(async () => {
  const asker = askerOf(await headers());
  return contextOf(app, asker, await identify(asker, app), passwords);
});
