import { randomBytes } from 'node:crypto';
import { hashPassword } from '@interdomestik/auth/passwords';
import { installQueues, jobKinds } from '@interdomestik/api/jobs';
import { growMembers, seedIfEmpty } from '@interdomestik/db/seed';
import { createTestDatabase, type TestDatabase } from '@interdomestik/db/testing';

export interface BenchDatabase extends TestDatabase {
  /** Secret of the card account that webhooks are signed with. */
  readonly webhookSecret: string;
}

/** A database of its own with both demo tenants, of which the first grows to `members`. ENCRYPTION_KEY must be set. */
export async function openBenchDatabase(slug: string, members: number): Promise<BenchDatabase> {
  const { seal } = await import('@interdomestik/api/vendors/secrets');
  const database = await createTestDatabase({ durable: true, hooks: [installQueues], variant: `queues ${jobKinds.map(({ name }) => name).join()}` });
  const webhookSecret = `pdl_ntfset_${randomBytes(24).toString('hex')}`;
  const account = { name: `${slug}-main`, apiKey: 'pdl_sdbx_apikey_bench', clientToken: 'test_bench', webhookSecret };
  await seedIfEmpty({ ownerUrl: database.ownerUrl, tools: { hashPassword, seal: (tenantId, plaintext) => seal(plaintext, tenantId), cardAccounts: [account] } });
  await growMembers({ ownerUrl: database.ownerUrl, members: { [slug]: members } });
  return { ...database, webhookSecret };
}
