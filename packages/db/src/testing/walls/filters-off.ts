import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { vi } from 'vitest';
import { roleNames } from '../../migrate';
import type { Reach, TenantScope } from '../../scope';
import type * as Visible from '../../visible';

/*
 * I-30 (b), a setup file of vitest: the queries of every test that runs with it ask for no tenant and no branch, and a member's for no person. What
 * still holds are the policies of the database. An agent's own members inside a branch stay in the query: the database is not asked to
 * know them (docs/decisions/0004).
 */
vi.mock('../../visible', async (importOriginal) => {
  const real = await importOriginal<typeof Visible>();
  const anything = sql`true`;
  const filtered = (kind: Reach['kind']): boolean => kind === 'own';
  return {
    ...real,
    visible: (scope: TenantScope, table: Parameters<typeof real.visible>[1]) => (filtered(scope.reach.kind) ? real.visible(scope, table) : anything),
    visibleTo: (kind: Reach['kind'], table: Parameters<typeof real.visibleTo>[1]) => (filtered(kind) ? real.visibleTo(kind, table) : anything),
  };
});

const place = String.raw`(?:"?\w+"?\.)"?tenant_id"?`;
const asked = new RegExp(String.raw`${place} = (\$\d+)`, 'gu');
const askedBare = /(?<=\b(?:where|and|on) )tenant_id = (\$\d+)/gu;
const joined = new RegExp(`${place} = ${place}`, 'gu');

/** The statement without its conditions on the tenant. */
export function withoutTenant(text: string): string {
  if (!text.includes('tenant_id')) return text;
  return text.replaceAll(asked, '($1::text is not null)').replaceAll(askedBare, '($1::text is not null)').replaceAll(joined, 'true');
}

const bound: ReadonlySet<unknown> = new Set([roleNames.app, roleNames.platform]);
const query = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;

// every statement of the product's roles passes here, whoever built it; what tests ask as administrator stays as it is
Client.prototype.query = function widened(this: Client, ...args: unknown[]): unknown {
  if (!bound.has((this as unknown as { user?: string }).user)) return query.apply(this, args);
  const [first, ...rest] = args;
  if (typeof first === 'string') return query.call(this, withoutTenant(first), ...rest);
  const config = first as { text?: unknown };
  if (typeof config.text === 'string') config.text = withoutTenant(config.text);
  return query.apply(this, args);
} as typeof Client.prototype.query;
