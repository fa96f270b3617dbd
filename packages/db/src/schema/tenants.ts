import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { tenantStatuses, type Country } from '@interdomestik/rules';
import { createdAt, oneOf, updatedAt } from './columns';

/** Countries on the platform. Global and free of secrets: it is read before a tenant is known. Legal details are rules. */
export const tenants = pgTable(
  'tenants',
  {
    id: text('id').primaryKey(),
    /** First label of the tenant's hosts: `mk` in `mk.localhost`. */
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    countryCode: text('country_code').notNull(),
    /** How the country writes its numbers, as its pack said when the tenant was made. Null only in a row from before this column, which nothing can be done in. */
    country: jsonb('country').$type<Country>(),
    currency: text('currency').notNull(),
    timeZone: text('time_zone').notNull(),
    /** What the pack said of languages. The rule `languages` decides; this serves where no rule can be read, as on the page of a country that is closed. */
    defaultLocale: text('default_locale').notNull(),
    locales: text('locales').array().notNull(),
    status: text('status').notNull().default('active'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [oneOf('tenants_status', t.status, tenantStatuses)],
);
