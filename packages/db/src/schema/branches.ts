import { boolean, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, updatedAt } from './columns';
import { tenantColumns, tenantRules } from './tenancy';

export const branches = pgTable(
  'branches',
  {
    ...tenantColumns(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    city: text('city').notNull(),
    address: text('address').notNull().default(''),
    phone: text('phone'),
    isActive: boolean('is_active').notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [...tenantRules('branches', t), uniqueIndex('branches_code').on(t.tenantId, t.code)],
);
