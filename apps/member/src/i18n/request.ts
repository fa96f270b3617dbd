import { languageTag, loadMessages } from '@interdomestik/i18n';
import { getRequestConfig } from 'next-intl/server';
import { requestContext } from '../server/context';

/** Language of a request: the person's, the cookie's, the browser's, the tenant's, in this order. Never part of the address. */
export default getRequestConfig(async () => {
  const { locale, site, scope, now } = await requestContext();
  return {
    locale: languageTag(locale),
    messages: loadMessages(locale),
    timeZone: (scope ?? site)?.tenant.timeZone ?? 'UTC',
    now,
  };
});
