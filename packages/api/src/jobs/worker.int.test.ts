import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { mails } from '@interdomestik/db/schema';
import { adminSql, callerFor, deliver, enrolInputOf, eventOf, factsOf, pendingSale, scopeOf, systemScopeOf, transactionData, useWorld } from '../testing';
import { openQueue, startWorker } from './worker';

const world = useWorld();

async function until(done: () => Promise<boolean>, seconds = 10): Promise<number> {
  const start = Date.now();
  while (!(await done())) {
    if (Date.now() - start > seconds * 1000) throw new Error('waited in vain');
    await sleep(50);
  }
  return Date.now() - start;
}

describe('the worker', () => {
  it('settles a payment and writes its mails, and stops when it is told to', async () => {
    const { ks, database } = world.current;
    const sale = await pendingSale(ks);
    const worker = await startWorker({ databaseUrl: database.appUrl });
    try {
      await deliver(ks, eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 2000n })));
      await until(async () => (await factsOf(sale)).payment?.status === 'succeeded');
      await until(async () => (await factsOf(sale)).mailStatus.every((status) => status === 'mailbox'));
      // nobody plays the payment provider here, so comparing with it is tried again later
      await until(async () => Number((await adminSql(database.adminUrl, `select count(*)::int as n from pgboss.job where state in ('created', 'active', 'retry') and name <> 'reconciliations.run'`))[0]?.n) === 0);
    } finally {
      await worker.stop();
    }
  });

  it('brings back the job of a worker that was killed, with the rights of the runtime role alone', async () => {
    const { ks, database } = world.current;
    const sale = await pendingSale(ks);
    const killed = openQueue(database.appUrl);
    await killed.start();
    const [taken] = await killed.fetch('mails.send');
    expect(taken).toBeDefined();
    await adminSql(database.adminUrl, `update pgboss.job set started_on = now() - interval '1 hour' where state = 'active'`);
    await killed.maintain();
    await killed.stop({ graceful: false });
    await adminSql(database.adminUrl, `update pgboss.job set start_after = now() where state = 'retry'`);
    const worker = await startWorker({ databaseUrl: database.appUrl });
    await until(async () => (await factsOf(sale)).mailStatus.every((status) => status === 'mailbox'));
    await worker.stop();
  });

  it('I-27 refuses a job whose tenant was exchanged in the queue', async () => {
    const { mk, ks, database } = world.current;
    const sale = await pendingSale(ks);
    await adminSql(database.adminUrl, `update pgboss.job set data = jsonb_set(data, '{tenantId}', to_jsonb('${mk.id}'::text)) where name = 'mails.send' and state = 'created'`);
    const worker = await startWorker({ databaseUrl: database.appUrl });
    await until(async () => Number((await adminSql(database.adminUrl, `select count(*)::int as n from pgboss.job where name = 'mails.send' and state = 'retry'`))[0]?.n) > 0);
    await worker.stop();
    const rows = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ status: mails.status }).from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.userId, sale.userId))));
    expect(rows).toEqual([{ status: 'queued' }]);
  });

  it('leaves papers lying for as long as it is told to, goes on with all else, and can be stopped meanwhile', async () => {
    const { ks, database } = world.current;
    await callerFor(await scopeOf(ks, ks.branches[0].agent)).enrolments.enrol(enrolInputOf(ks));
    const lying = async (like: string) => Number((await adminSql(database.adminUrl, `select count(*)::int as n from pgboss.job where name like $1 and state = 'created'`, [like]))[0]?.n);
    const papers = await lying('%.render%');
    expect(papers).toBeGreaterThan(1);
    const patient = await startWorker({ databaseUrl: database.appUrl, heavyAfterMs: 3_600_000 });
    await until(async () => (await lying('mails.send')) === 0);
    expect(await lying('%.render%')).toBe(papers);
    await patient.stop();
    const worker = await startWorker({ databaseUrl: database.appUrl, heavyAfterMs: 1 });
    await until(async () => (await lying('%.render%')) === 0);
    await worker.stop();
  });
});
