import { beforeAll, describe, expect, it } from 'vitest';
import { assertNothingWaits, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { newId } from '@interdomestik/rules';
import { accountById, providerOf } from '../payments/accounts';
import { systemScopeOf, usePaddle, useTestSettings, useWorld } from '../testing';
import { smtpTransport } from './mail/transport';
import { newPaper } from './pdf/paper';
import { createStorage, storagePath } from './storage';

const world = useWorld();
usePaddle(world);
let system: TenantScope;
beforeAll(async () => { system = await systemScopeOf(world.current.ks); });

const inside = (call: () => Promise<unknown>) => withTenant(system, async () => { await call(); });

describe('P-19 no transaction is open while somebody else is waited for', () => {
  it('the payment provider is never asked inside one', async () => {
    const account = providerOf(await accountById(system, world.current.ks.card.id));
    await expect(inside(() => account.getTransaction('txn_1'))).rejects.toThrow('a call of the payment provider inside a transaction');
    await expect(inside(() => account.createRefund({ transactionId: 'txn_1', reason: 'x' }))).rejects.toThrow('inside a transaction');
    await expect(inside(async () => { for await (const one of account.listAdjustments()) void one; })).rejects.toThrow('inside a transaction');
    // outside it is asked, and answers that it knows no such thing
    await expect(account.getTransaction(`txn_${newId()}`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('nor is a mail sent, a file stored or a paper made', async () => {
    useTestSettings({ UPLOADTHING_TOKEN: Buffer.from(JSON.stringify({ apiKey: 'sk_test', appId: 'x', regions: ['fra1'] })).toString('base64') });
    await expect(inside(() => smtpTransport('smtp://127.0.0.1:9').send({ to: { address: 'a@b.example' }, from: { address: 'c@d.example' }, subject: 's', html: 'h', text: 't' }))).rejects.toThrow('a mail inside a transaction');
    const place = { tenantId: system.tenantId, entity: 'claim', entityId: newId(), documentId: newId(), extension: 'pdf' } as const;
    await expect(inside(() => createStorage().remove({ tenantId: system.tenantId, path: storagePath(place), storageKey: 'k' }))).rejects.toThrow('a call of the file store inside a transaction');
    await expect(inside(() => newPaper({ format: 'a4', orientation: 'portrait', title: 't', author: 'a', issuedAt: new Date(), accent: null }))).rejects.toThrow('a paper inside a transaction');
  });

  it('one read counts as well, and what comes after a transaction does not', async () => {
    await expect(readTenant(system, (tx) => {
      assertNothingWaits('a call');
      return tx.execute('select 1');
    })).rejects.toThrow('a call inside a transaction');
    await withTenant(system, async (tx) => { await tx.execute('select 1'); });
    expect(() => { assertNothingWaits('a call'); }).not.toThrow();
  });
});
