import { and, eq } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { bankLines, ledgerTransactions } from '@interdomestik/db/schema';
import { cardSaleLegs, money, newId, todayIn } from '@interdomestik/rules';
import { balanceOfAccount, post } from '../ledger';
import { callerFor, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { bankAccountOf, base64Of, statementOf, type TestLine } from '../testing/bank';
import { matchStatement } from './match';

const world = useWorld();
let ks: TestTenant;
let system: TenantScope;
const admin = async () => callerFor(await scopeOf(ks, ks.admin), { ip: newId() });
const read = async (lines: readonly Omit<TestLine, 'on'>[]) => {
  const { id } = await (await admin()).bank.take({ accountId: await bankAccountOf(ks), name: 'izvod.csv', data: base64Of(statementOf(lines.map((line) => ({ on: todayIn(ks.pack.zone, new Date()), ...line })))) });
  await matchStatement(system, id, new Date());
  return await withTenant(system, (tx) => tx.select().from(bankLines).where(and(eq(bankLines.tenantId, ks.id), eq(bankLines.statementId, id))));
};
const books = () => withTenant(system, async (tx) => {
  const of = async (account: Parameters<typeof balanceOfAccount>[2]) => (await balanceOfAccount(tx, system, account, 'EUR')).minor;
  return { bank: await of('bank'), owes: await of('providerReceivable'), tax: await of('providerTax') };
});

beforeAll(async () => {
  ({ ks } = world.current);
  system = await systemScopeOf(ks);
  await withTenant(system, async (tx) => {
    for (const [index, gross] of [2000n, 3500n].entries()) {
      const branchId = ks.branches[index]?.id ?? '';
      const eur = (minor: bigint) => money(minor, 'EUR');
      await post(tx, system, { kind: 'card_sale', branchId, source: { type: 'payment', id: newId() }, effectKey: newId(), occurredAt: new Date(), legs: cardSaleLegs({ gross: eur(gross), tax: eur((gross * 18n) / 118n) }, eur(150n)) });
    }
  });
});

it('P-20 a payout of the provider is money in the bank and owed no more, with the tax that it pays itself; the last one leaves nothing in any branch', async () => {
  const before = await books();
  expect(before).toEqual({ bank: 0n, owes: 5200n, tax: 838n });
  const [first] = await read([{ minor: 1000n, payer: 'PADDLE.COM MARKET LIMITED', purpose: 'Payout', id: 'P-1' }]);
  expect(first).toMatchObject({ status: 'booked', payoutOf: ks.card.id, decidedBy: null });
  const between = await books();
  expect(between.bank).toBe(1000n);
  expect(between.owes - between.tax).toBe(before.owes - before.tax - 1000n);
  // somebody else's money, and more than is owed, wait for a person
  const waiting = await read([{ minor: 500n, payer: 'Paddleboard Club', id: 'P-2' }, { minor: 999_999n, payer: 'Paddle', id: 'P-3' }, { minor: 3362n, payer: 'Correspondent bank', id: 'P-4' }]);
  expect(waiting.map(({ status }) => status)).toEqual(['open', 'open', 'open']);
  const of = (minor: bigint) => waiting.find(({ amountMinor }) => amountMinor === minor)?.id ?? '';
  const api = await admin();
  await expect(api.bank.payoutLine({ id: of(999_999n) })).rejects.toMatchObject({ code: 'CONFLICT' });
  const two = await Promise.allSettled([api.bank.payoutLine({ id: of(3362n) }), api.bank.payoutLine({ id: of(3362n) })]);
  expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await books()).toEqual({ bank: 4362n, owes: 0n, tax: 0n });
  for (const { manager } of ks.branches) {
    const here = await scopeOf(ks, manager);
    expect((await withTenant(here, (tx) => balanceOfAccount(tx, here, 'providerReceivable', 'EUR'))).minor).toBe(0n);
  }
  expect(await withTenant(system, (tx) => tx.select().from(ledgerTransactions).where(and(eq(ledgerTransactions.tenantId, ks.id), eq(ledgerTransactions.kind, 'provider_payout'))))).toHaveLength(4);
});
