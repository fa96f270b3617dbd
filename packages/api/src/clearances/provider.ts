import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { ClearanceService } from '@interdomestik/rules';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { clearanceAccounts } from '@interdomestik/db/schema';
import { env } from '../env';
import type { ClearanceProvider } from '../vendors/clearance';
import { createEfakturaClient } from '../vendors/efaktura';
import { openJson, sealJson } from '../vendors/secrets';

const credentialsSchema = z.object({ apiKey: z.string().min(1), setAt: z.iso.datetime().nullable() });

/** Where each service answers; undefined: nowhere, and nothing is sent. */
export const addressOf: Readonly<Record<ClearanceService, () => string | undefined>> = { efaktura: () => env.EFAKTURA_API_BASE };

export type ClearanceAccount = typeof clearanceAccounts.$inferSelect;

export const sealKey = (tenantId: string, apiKey: string, now: Date): string => sealJson({ apiKey, setAt: now.toISOString() } satisfies z.input<typeof credentialsSchema>, tenantId);

/** The key and since when it stands. Throws SealBroken. */
export const credentialsOf = (account: ClearanceAccount) => openJson(credentialsSchema, account.credentials, account.tenantId);

export async function accountOf(scope: TenantScope, service: ClearanceService): Promise<ClearanceAccount | null> {
  const [account] = await readTenant(scope, (tx) => tx.select().from(clearanceAccounts).where(and(eq(clearanceAccounts.tenantId, scope.tenantId), eq(clearanceAccounts.service, service))));
  return account ?? null;
}

/** The service as it knows the tenant; null where nobody has brought in a key or the installation knows no address. Throws SealBroken. */
export async function clearanceOf(scope: TenantScope, service: ClearanceService): Promise<ClearanceProvider | null> {
  const baseUrl = addressOf[service]();
  const account = baseUrl === undefined ? null : await accountOf(scope, service);
  return account === null || baseUrl === undefined ? null : createEfakturaClient({ baseUrl, apiKey: credentialsOf(account).apiKey });
}
