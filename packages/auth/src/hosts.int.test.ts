import { afterEach, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { forgetTenants, platformDoor, withPlatform } from '@interdomestik/db';
import { tenants } from '@interdomestik/db/schema';
import type { TenantStatus } from '@interdomestik/rules';
import { hostOf } from './hosts';
import { identify } from './identify';
import { prepareWorld } from './testing/world';

prepareWorld();

async function become(status: TenantStatus): Promise<void> {
  await withPlatform(platformDoor(), 'test', (tx) => tx.update(tenants).set({ status }).where(eq(tenants.slug, 'ks')));
  forgetTenants();
}

afterEach(async () => {
  await become('active');
});

describe('the host of a tenant', () => {
  it('is nobody\'s until the tenant is complete: it answers as a host that does not exist', async () => {
    await become('preparing');
    expect(await hostOf('ks.localhost:3000')).toEqual(await hostOf('nowhere.localhost:3000'));
    for (const app of ['member', 'admin'] as const) expect((await identify({ host: 'ks.localhost', secure: false, cookie: '', requestId: 'test' }, app)).site).toBeNull();
    await become('active');
    expect(await hostOf('KS.localhost.')).toEqual({ kind: 'tenant', slug: 'ks' });
  });

  it('says who is closed when the tenant is suspended', async () => {
    await become('suspended');
    expect(await hostOf('ks.localhost')).toMatchObject({ kind: 'closed', name: 'Second' });
    expect((await identify({ host: 'ks.localhost', secure: false, cookie: '', requestId: 'test' }, 'member')).site).toBeNull();
  });

  it.each(['evil.example', 'ks.localhost.evil.example', 'a.ks.localhost', '', '..', 'ks..localhost', 'кс.localhost'])('%s is no host of ours', async (host) => {
    expect(await hostOf(host)).toEqual({ kind: 'unknown' });
  });
});
