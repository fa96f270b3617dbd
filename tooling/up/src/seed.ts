import { hashPassword } from '@interdomestik/auth/passwords';
import { closeDatabase, connectDatabase } from '@interdomestik/db';
import { seed, seedIfEmpty, type CardAccount, type SeedTools } from '@interdomestik/db/seed';
import { ClearError } from './clear-error';
import { env } from './env';
import type { DatabaseLogins } from './stack-env';

function isCardAccount(value: unknown): value is CardAccount {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return ['name', 'apiKey', 'clientToken', 'webhookSecret'].every((field) => typeof fields[field] === 'string' && fields[field] !== '');
}

function cardAccounts(): CardAccount[] {
  const given = env.simulatedAccounts();
  if (!Array.isArray(given) || !given.every(isCardAccount)) throw new ClearError('PADDLE_SIM_ACCOUNTS must be a JSON list of {name, apiKey, clientToken, webhookSecret}.');
  return given;
}

function clearanceAccounts(): { readonly name: string; readonly apiKey: string }[] {
  const given = env.clearanceAccounts();
  if (!Array.isArray(given)) throw new ClearError('EFAKTURA_SIM_ACCOUNTS must be a JSON list of {name, apiKey}.');
  return (given as readonly Readonly<Record<string, unknown>>[]).map(({ name, apiKey }) => ({ name: String(name), apiKey: String(apiKey) }));
}

/** What the seed takes from packages that stand above the database. */
async function seedTools(): Promise<SeedTools> {
  // loaded late: it reads the environment of the run
  const { seal } = await import('@interdomestik/api/vendors/secrets');
  return { hashPassword, seal: (tenantId, plaintext) => seal(plaintext, tenantId), cardAccounts: cardAccounts(), clearanceAccounts: clearanceAccounts() };
}

/** Fills a database without tenants with the demo tenants, and queues the papers of their sales where they are wanted. False when there was nothing to do. */
export async function fillDemo({ owner, app }: Pick<DatabaseLogins, 'owner' | 'app'>, papers = true): Promise<boolean> {
  if (!(await seedIfEmpty({ ownerUrl: owner, tools: await seedTools() }))) return false;
  if (!papers) return true;
  const { queueMissingPapers } = await import('@interdomestik/api/jobs');
  await connectDatabase({ appUrl: app });
  try {
    await queueMissingPapers();
  } finally {
    await closeDatabase();
  }
  return true;
}

/** As `fillDemo`, then grows the tenants to that many members in all. Gives how many came on top. */
export async function growDemo(logins: Pick<DatabaseLogins, 'owner' | 'app'>, members: number, log: (line: string) => void): Promise<number> {
  await fillDemo(logins);
  const { added } = await seed({ ownerUrl: logins.owner, tools: await seedTools(), members, log });
  return added;
}
