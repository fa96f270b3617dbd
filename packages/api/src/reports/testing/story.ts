import fc from 'fast-check';
import {
  bankTransferSaleLegs, cardSaleLegs, cashBankedLegs, cashHandedOverLegs, cashInstalmentLegs, cashInstalmentSaleLegs, cashSaleLegs, chargebackLegs, commissionEarnedLegs, commissionPaidLegs, divideHalfUp, instantOf,
  money, newId, parseDateOnly, providerPayoutLegs, refundLegs, reversalLegs, type Currency, type Leg, type PostingKind,
} from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { memberships, paymentAccounts, payments } from '@interdomestik/db/schema';
import { post } from '../../ledger';
import { systemScopeOf, type TestTenant } from '../../testing';

/** A day on which clocks go forward, one on which they go back, and the two around a new year. */
const days = ['2026-03-29', '2026-03-30', '2026-10-25', '2026-12-31', '2027-01-01', '2027-01-02'] as const;
const ways = ['card', 'cash', 'bank_transfer'] as const;
const acts = ['sale', 'parts', 'refund', 'dispute', 'undo', 'handOver', 'short', 'bank', 'payout', 'commission', 'takeBack', 'payCommission'] as const;

/** One thing that is booked; instants stand at midnight, an hour after it, and anywhere else. */
export interface Happening {
  readonly act: (typeof acts)[number];
  readonly way: (typeof ways)[number];
  readonly branch: 0 | 1;
  readonly plan: 0 | 1;
  readonly minor: number;
  readonly day: (typeof days)[number];
  readonly minute: number;
  readonly currency: Currency;
}

export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(fc.record({
  act: fc.constantFrom(...acts), way: fc.constantFrom(...ways), branch: fc.constantFrom(0, 1), plan: fc.constantFrom(0, 1), minor: fc.integer({ min: 2, max: 90_000 }),
  day: fc.constantFrom(...days), minute: fc.oneof(fc.constantFrom(0, 1, 60, 120, 150, 180, 1439), fc.nat({ max: 1439 })), currency: fc.constantFrom<Currency>('EUR', 'EUR', 'MKD'),
}), { minLength: 20, maxLength: 40 });

const plans = ['asistenca', 'asistenca_family'];

/** Payments of every way, plan and branch, by their place in the three; what is booked for them names them. */
export async function layPayments(tenant: TestTenant): Promise<ReadonlyMap<string, string>> {
  const system = await systemScopeOf(tenant);
  const made = new Map<string, string>();
  await withTenant(system, async (tx) => {
    const bank = newId();
    await tx.insert(paymentAccounts).values({ tenantId: tenant.id, id: bank, provider: 'bank_transfer', slug: 'bank', name: 'Bank', currency: 'EUR', environment: 'local', taxDocumentIssuer: 'tenant' });
    const accounts = { card: tenant.card.id, cash: tenant.cashAccountId, bank_transfer: bank };
    for (const [index, branch] of tenant.branches.entries()) for (const way of ways) for (const [plan, planCode] of plans.entries()) {
      const [id, membershipId] = [newId(), newId()];
      const owner = { tenantId: tenant.id, userId: branch.member.id, branchId: branch.id };
      await tx.insert(memberships).values({ ...owner, id: membershipId, planCode, channel: 'agent', status: 'expired', startsOn: '2026-01-01', endsOn: '2027-01-01', priceMinor: 2000n, currency: 'EUR' });
      await tx.insert(payments).values({
        ...owner, id, membershipId, paymentAccountId: accounts[way], method: way, status: 'pending', amountMinor: 2000n, vatMinor: 305n, currency: 'EUR', taxDocumentIssuer: way === 'card' ? 'provider' : 'tenant',
        // what was sold at another rate says so itself, what was sold before receipts does not
        receipt: way === 'cash' && plan === 1 ? { outcome: { vatRateBp: 500 } } : null,
      });
      made.set(`${String(index)} ${way} ${String(plan)}`, id);
    }
  });
  return made;
}

function legsOf({ act, way, minor, currency }: Happening): { kind: PostingKind; legs: Leg[]; of: 'payment' | 'commission' | 'cash_handover' } {
  const gross = money(BigInt(minor), currency);
  const amount = { gross, tax: money(divideHalfUp(gross.minor * 1800n, 11_800n), currency) };
  const part = money(gross.minor / 2n, currency);
  switch (act) {
    case 'sale': return { of: 'payment', ...(way === 'card' ? { kind: 'card_sale', legs: cardSaleLegs(amount, money(gross.minor / 20n, currency)) } : way === 'cash' ? { kind: 'cash_sale', legs: cashSaleLegs(amount) } : { kind: 'bank_transfer_sale', legs: bankTransferSaleLegs(amount) }) };
    case 'parts': return { of: 'payment', kind: 'cash_sale', legs: cashInstalmentSaleLegs(amount, part) };
    case 'refund': return { of: 'payment', kind: way === 'card' ? 'card_refund' : way === 'cash' ? 'cash_refund' : 'bank_refund', legs: refundLegs(way, amount) };
    case 'dispute': return { of: 'payment', kind: 'chargeback', legs: chargebackLegs(amount) };
    case 'undo': return { of: 'payment', kind: 'reversal', legs: reversalLegs(chargebackLegs(amount)) };
    case 'handOver': return { of: 'cash_handover', kind: 'cash_handed_over', legs: cashHandedOverLegs(gross) };
    case 'short': return { of: 'cash_handover', kind: 'cash_handed_over', legs: cashHandedOverLegs(gross, part) };
    case 'bank': return { of: 'cash_handover', kind: 'cash_banked', legs: cashBankedLegs(gross) };
    case 'payout': return { of: 'cash_handover', kind: 'provider_payout', legs: providerPayoutLegs(gross, part) };
    case 'commission': return { of: 'commission', kind: 'commission_earned', legs: commissionEarnedLegs(gross) };
    case 'takeBack': return { of: 'commission', kind: 'reversal', legs: reversalLegs(commissionEarnedLegs(gross)) };
    case 'payCommission': return { of: 'payment', kind: 'instalment_paid', legs: minor % 2 === 0 ? cashInstalmentLegs(gross) : commissionPaidLegs(gross) };
  }
}

export const momentOf = ({ day, minute }: Pick<Happening, 'day' | 'minute'>, zone: string): Date => new Date(instantOf(parseDateOnly(day), zone).getTime() + minute * 60_000);

/** Books all of it, as the product does, several at once. */
export async function book(system: TenantScope, tenant: TestTenant, laid: ReadonlyMap<string, string>, story: readonly Happening[]): Promise<void> {
  const one = async (happening: Happening): Promise<void> => {
    const { kind, legs, of } = legsOf(happening);
    const branch = tenant.branches[happening.branch];
    const paysOut = legs.some(({ account }) => account === 'commissionsPayable') && of === 'payment';
    await withTenant(system, (tx) => post(tx, system, {
      kind: paysOut ? 'commission_paid' : kind, branchId: branch.id, effectKey: newId(), occurredAt: momentOf(happening, tenant.pack.zone), legs,
      source: of === 'payment' && !paysOut ? { type: 'payment', id: laid.get(`${String(happening.branch)} ${happening.way} ${String(happening.plan)}`) ?? '' } : { type: of === 'payment' ? 'commission_payout' : of, id: newId() },
      parties: { cashWithAgents: branch.agent.id, cashShortage: branch.agent.id, commissionsPayable: branch.agent.id },
    }));
  };
  for (let index = 0; index < story.length; index += 4) await Promise.all(story.slice(index, index + 4).map(one));
}
