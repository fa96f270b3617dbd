import { beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '@interdomestik/db/testing';
import { adminSql, deliver, eventOf, factsOf, inboxOf, pendingSale, runJobs, transactionData, useWorld, type PendingSale, type TestTenant } from '../testing';

const world = useWorld();
let ks: TestTenant;

const tables = ['webhook_events', 'payments', 'memberships', 'cards', 'user', 'number_series', 'ledger_accounts', 'ledger_transactions', 'ledger_entries', 'notifications', 'mails', 'audit_logs'];
const admin = (text: string) => adminSql(world.current.database.adminUrl, text);

/** The database itself fails: the n-th statement that writes from now on raises, whichever line sent it. A sequence counts, since it survives the rollback. */
async function failAtWrite(n: number | null): Promise<void> {
  await admin(`select setval('failpoint_counter', 1, false); update failpoint set at = ${n === null ? 'null' : String(n)}`);
}
const writesSoFar = async () => Number((await admin('select case when is_called then last_value else 0 end as n from failpoint_counter'))[0]?.n);

beforeAll(async () => {
  ({ ks } = world.current);
  await admin(`
    create sequence failpoint_counter; create table failpoint (at int); insert into failpoint values (null);
    create function failpoint_hit() returns trigger language plpgsql security definer set search_path = public as $$
    begin
      if nextval('failpoint_counter') = (select at from failpoint) then raise exception 'failpoint' using errcode = 'XX000'; end if;
      return null;
    end $$;
    ${tables.map((table) => `create trigger failpoint before insert or update on "${table}" for each statement execute function failpoint_hit();`).join('\n')}
    create trigger failpoint before insert on pgboss.job for each statement execute function failpoint_hit();`);
});

const completed = (sale: PendingSale) => eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 2000n }));

/** What must hold of a sale that was paid once, however it came about. */
async function expectPaidOnce(sale: PendingSale): Promise<void> {
  expect(await factsOf(sale)).toMatchObject({
    payment: { status: 'succeeded' }, membership: { status: 'active' }, memberNumber: expect.stringMatching(/^MEM-/u) as unknown, cards: [expect.any(String)],
    ledger: [{ kind: 'card_sale', total: '0', turnover: '4300' }], mails: ['payment-receipt', 'verify-email', 'welcome-membership'], notifications: ['membership.activated', 'payment.succeeded'],
  });
}

describe('a failure between any two lines', () => {
  it('leaves nothing half-done, loses nothing and doubles nothing, when the provider and the queue try again', async () => {
    const rehearsal = await pendingSale(ks);
    await failAtWrite(null);
    await deliver(ks, completed(rehearsal));
    await runJobs(world.current.database);
    const writes = await writesSoFar();
    await expectPaidOnce(rehearsal);
    expect(writes).toBeGreaterThan(25);

    for (const n of sampleOf(Array.from({ length: writes }, (_, index) => index + 1), 5)) {
      const sale = await pendingSale(ks);
      const event = completed(sale);
      await failAtWrite(n);
      const { status } = await deliver(ks, event);
      await runJobs(world.current.database);
      const between = await factsOf(sale);
      // whole or nothing at this moment too: never a paid sale without its ledger, never a number without a membership
      const paid = between.payment?.status === 'succeeded';
      expect({ n, ledger: between.ledger.length, active: between.membership?.status === 'active', numbered: between.memberNumber !== null, cards: between.cards.length }).toEqual({ n, ledger: paid ? 1 : 0, active: paid, numbered: paid, cards: paid ? 1 : 0 });
      await failAtWrite(null);
      // the provider repeats until it hears 200, and once more for a lost answer
      if (status !== 200) expect(await deliver(ks, event)).toEqual({ status: 200 });
      await deliver(ks, event);
      await runJobs(world.current.database, { retries: true });
      await deliver(ks, event);
      await runJobs(world.current.database, { retries: true });
      await expectPaidOnce(sale);
      expect(await inboxOf(ks, event.event_id)).toMatchObject([{ status: 'done' }]);
    }
    const [numbers] = await admin(`select count(*)::int as n, max(right(member_number, 6)::int) as last from "user" where tenant_id = '${ks.id}' and member_number is not null`);
    expect(numbers?.n).toBe(numbers?.last);
  }, 180_000);
});
