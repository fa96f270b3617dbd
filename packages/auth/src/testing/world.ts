import { connectDatabase, closeDatabase, forgetTenants, platformDoor, resolveScope, withPlatform, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, platformUsers, rateLimits, tenants, tenantSettings, user, userRoles } from '@interdomestik/db/schema';
import { useDatabase, type TestDatabase } from '@interdomestik/db/testing';
import { newId, packOf, type TenantRole } from '@interdomestik/rules';
import { afterAll, beforeAll, vi } from 'vitest';
import { hashPassword } from '../passwords';

export const password = 'correct horse battery staple';
export const secret = 'Qm3Zt8yVn5Lk2Rw7Xc4Ba9Df6Hg1Js0PeUiO';

const countries = [
  { id: 'tenant_mk', slug: 'mk', name: 'First', countryCode: 'MK', currency: 'MKD', timeZone: 'Europe/Skopje', defaultLocale: 'mk', locales: ['mk', 'sq', 'en'] },
  { id: 'tenant_ks', slug: 'ks', name: 'Second', countryCode: 'XK', currency: 'EUR', timeZone: 'Europe/Belgrade', defaultLocale: 'sq', locales: ['sq', 'sr', 'en'] },
] as const;

/** A person of the fixture. */
export interface Person {
  readonly tenantId: string;
  readonly id: string;
  readonly email: string;
}

export interface World {
  readonly database: TestDatabase;
  readonly people: Readonly<Record<string, Person>>;
  person(slug: string, role: TenantRole): Person;
  /** The whole tenant, to look and to change behind the sign-in's back. */
  tenant(slug: string): Promise<TenantScope>;
  /** The tenant as a visitor of its host sees it. */
  site(slug: string): Promise<TenantScope>;
  /** Every counter starts anew. */
  forgetLimits(): Promise<void>;
}

async function scopeFor(source: Parameters<typeof resolveScope>[0]): Promise<TenantScope> {
  const scope = await resolveScope(source);
  if (scope === null) throw new Error('the fixture has no such tenant');
  return scope;
}

async function fill(): Promise<Record<string, Person>> {
  const passwordHash = await hashPassword(password);
  const door = platformDoor();
  await withPlatform(door, 'test', async (tx) => {
    await tx.insert(tenants).values(countries.map((one) => ({ ...one, country: packOf(one.slug).country, locales: [...one.locales] }))).onConflictDoNothing();
    await tx.insert(platformUsers).values({ id: newId(), email: 'root@example.com', passwordHash, name: 'Root' });
  });
  forgetTenants();
  const people: Record<string, Person> = {};
  for (const { id: tenantId, slug } of countries) {
    const scope = await scopeFor({ kind: 'job', tenantId, job: 'test' });
    await withTenant(scope, async (tx) => {
      const branchId = newId();
      await tx.insert(branches).values({ tenantId, id: branchId, code: 'centre', name: 'Centre', city: 'City' });
      // these tenants let their staff choose; that one is asked for by default has tests of its own
      await tx.insert(tenantSettings).values({ tenantId, id: newId(), kind: 'limits', version: 1, status: 'published', value: { secondFactor: 'optional' }, effectiveFrom: new Date('2020-01-01T00:00:00Z') });
      for (const role of ['member', 'tenant_admin', 'agent'] as const) {
        const person = { tenantId, id: newId(), email: `${role}@example.com` };
        await tx.insert(user).values({ tenantId, id: person.id, branchId, email: person.email, signInEmail: person.email, passwordHash, firstName: 'Ana', lastName: slug, locale: 'en' });
        await tx.insert(userRoles).values({ tenantId, id: newId(), userId: person.id, role, branchId: role === 'agent' ? branchId : null });
        people[`${slug}/${role}`] = person;
      }
    });
  }
  return people;
}

/** Two tenants with a member, an admin and an agent each, and one super admin, all with `password`. */
export function prepareWorld(): { readonly current: World } {
  const database = useDatabase();
  let world: World | undefined;
  beforeAll(async () => {
    vi.stubEnv('AUTH_SECRET', secret);
    await connectDatabase({ appUrl: database.current.appUrl, platformUrl: database.current.platformUrl, max: 8, applicationName: 'auth-test' });
    const people = await fill();
    world = {
      database: database.current,
      people,
      person: (slug, role) => {
        const found = people[`${slug}/${role}`];
        if (found === undefined) throw new Error(`nobody is ${role} of ${slug}`);
        return found;
      },
      tenant: (slug) => scopeFor({ kind: 'job', tenantId: `tenant_${slug}`, job: 'test' }),
      site: (slug) => scopeFor({ kind: 'visitor', slug }),
      forgetLimits: async () => { await withPlatform(platformDoor(), 'test', (tx) => tx.delete(rateLimits)); },
    };
  });
  afterAll(async () => {
    await closeDatabase();
    vi.unstubAllEnvs();
  });
  return {
    get current() {
      if (world === undefined) throw new Error('prepareWorld: the world exists only while tests run');
      return world;
    },
  };
}
