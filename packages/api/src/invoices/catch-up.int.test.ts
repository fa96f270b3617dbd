import { expect, it } from 'vitest';
import { openQueue } from '../jobs/worker';
import { adminSql, callerFor, enrolInputOf, scopeOf, useWorld } from '../testing';
import { queueMissingPapers } from './catch-up';
import { renderInvoiceJob } from './jobs';

const world = useWorld();

it('the papers of old rows are queued once, and the sale of this minute goes before all of them', async () => {
  const { ks, database } = world.current;
  const agent = callerFor(await scopeOf(ks, ks.branches[0].agent));
  const sell = async () => (await agent.enrolments.enrol(enrolInputOf(ks))).invoiceId;
  for (let sale = 0; sale < 3; sale += 1) await sell();
  // as a restore leaves them: rows without their jobs
  await adminSql(database.adminUrl, 'delete from pgboss.job');
  expect(await queueMissingPapers()).toBe(6);
  const newest = await sell();
  const boss = openQueue(database.appUrl);
  await boss.start();
  try {
    const first = await boss.fetch<{ payload: { invoiceId: string } }>(renderInvoiceJob.name, { batchSize: 1 });
    expect(first.map(({ data }) => data.payload.invoiceId)).toEqual([newest]);
  } finally {
    await boss.stop({ graceful: false });
  }
});
