import { migrate } from '@interdomestik/db/migrate';

/** Brings the schema up to date and says what that meant. */
export async function migrateDatabase(ownerUrl: string): Promise<string> {
  const result = await migrate({ ownerUrl });
  return result.applied.length === 0 ? 'schema is up to date' : `${result.applied.length} migrations applied`;
}

/** Fills an empty database with the demo tenants. The seed is loaded late: it reads the environment of the run. */
export async function seedDatabase(ownerUrl: string): Promise<string> {
  const { seedIfEmpty } = await import('@interdomestik/db/seed');
  const seeded = await seedIfEmpty({ ownerUrl });
  return seeded ? 'demo tenants filled' : 'demo tenants are there';
}
