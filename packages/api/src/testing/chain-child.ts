import { closeDatabase, connectDatabase, resolveScope, withTenant, type TenantScope } from '@interdomestik/db';
import { leads } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { anchorHead } from '../audit/anchor';
import { sealTenant } from '../audit/seal';
import { useTestSettings } from './settings';

/** A process that a test may kill: writes rows of the trail by real changes, or seals them, until it is ended. */
interface Told {
  readonly role: 'write' | 'seal';
  readonly appUrl: string;
  readonly tenantId: string;
  readonly folder: string;
  readonly branchId: string;
  readonly ownerId: string;
  readonly writers: number;
  readonly each: number;
}

async function writer(scope: TenantScope, { branchId, ownerId, each }: Told): Promise<void> {
  for (let at = 0; at < each; at += 1) {
    const id = newId();
    await withTenant(scope, async (tx) => { await tx.insert(leads).values({ tenantId: scope.tenantId, id, branchId, ownerId, firstName: 'Chain', phone: '+38344123456' }); });
    // told only once it is kept
    process.stdout.write(`${id}\n`);
  }
}

async function sealer(scope: TenantScope, folder: string): Promise<void> {
  for (let known: number | null = null; ;) {
    await sealTenant(scope);
    known = await anchorHead(scope, folder, known, new Date());
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

const told = JSON.parse(process.argv[2] ?? '{}') as Told;
useTestSettings();
await connectDatabase({ appUrl: told.appUrl, max: told.role === 'write' ? told.writers : 2 });
const scope = await resolveScope({ kind: 'job', tenantId: told.tenantId, job: 'test.chain' });
if (scope === null) throw new Error('no tenant');
if (told.role === 'seal') await sealer(scope, told.folder);
else await Promise.all(Array.from({ length: told.writers }, () => writer(scope, told)));
await closeDatabase();
