import { countrySchema, type Country, type TenantStatus } from '@interdomestik/rules';
import type { Pool as DatabasePool } from 'pg';
import { runtimePool } from './pools';

/** What everybody may know of a tenant before signing in. */
export interface Tenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly countryCode: string;
  /** How the country writes phone, personal and tax numbers. */
  readonly country: Country;
  readonly currency: string;
  readonly timeZone: string;
  readonly defaultLocale: string;
  readonly locales: readonly string[];
  readonly status: TenantStatus;
}

const freshForMs = 2_000;

// what was read belongs to the pool it came through: another database of the same process never gets it
interface Remembered {
  readonly pool: DatabasePool;
  at: number;
  tenants: readonly Tenant[] | null;
  loading: Promise<readonly Tenant[]> | null;
}
let remembered: Remembered | null = null;

interface Row {
  id: string; slug: string; name: string; country_code: string; country: unknown; currency: string; time_zone: string;
  default_locale: string; locales: string[]; status: TenantStatus;
}

async function load(memory: Remembered): Promise<readonly Tenant[]> {
  const { rows } = await memory.pool.query<Row>('select id, slug, name, country_code, country, currency, time_zone, default_locale, locales, status from tenants order by slug');
  const tenants = rows.map((row): Tenant => Object.freeze({
    id: row.id, slug: row.slug, name: row.name, countryCode: row.country_code, country: countrySchema.parse(row.country), currency: row.currency, timeZone: row.time_zone,
    defaultLocale: row.default_locale, locales: row.locales, status: row.status,
  }));
  memory.at = Date.now();
  memory.tenants = tenants;
  return tenants;
}

/** All tenants, at most two seconds old: a suspension acts within that time in every process. */
export async function listTenants(): Promise<readonly Tenant[]> {
  const pool = runtimePool();
  if (remembered?.pool !== pool) remembered = { pool, at: 0, tenants: null, loading: null };
  const memory = remembered;
  if (memory.tenants !== null && Date.now() - memory.at < freshForMs) return memory.tenants;
  memory.loading ??= load(memory).finally(() => { memory.loading = null; });
  return await memory.loading;
}

/** The tenant of an id or of a host's first label; null when there is none. */
export async function findTenant(by: { id: string } | { slug: string }): Promise<Tenant | null> {
  const tenants = await listTenants();
  return tenants.find((tenant) => ('id' in by ? tenant.id === by.id : tenant.slug === by.slug)) ?? null;
}

/** Drops what is remembered; after a tenant was made or changed in this process. */
export function forgetTenants(): void {
  remembered = null;
}
