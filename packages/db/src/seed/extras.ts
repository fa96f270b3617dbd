import { addDays, addYears, formatDate, formatMoney, money } from '@interdomestik/rules';
import { familyMembers, leads, notifications, policies } from '../schema';
import { instantOn, type TenantSeed } from './context';
import { drawName, drawRelative } from './names';
import type { Sale } from './sales';
import { styleOf } from './tenant';

const relations = ['spouse', 'child', 'child', 'parent'] as const;

/** The people beside a member on a family membership. */
export function writeFamilies({ tenantId, random, rows, today }: TenantSeed, sales: readonly Sale[]): void {
  for (const { person, purchase, membershipId } of sales) {
    if (purchase.planCode !== 'asistenca_family' || purchase.status === 'expired') continue;
    for (const relation of relations.slice(0, random.int(1, 4))) {
      const relative = drawRelative(random, person.style, person.lastName);
      const age = relation === 'child' ? random.int(2, 17) : relation === 'parent' ? random.int(60, 80) : random.int(28, 60);
      rows.add(familyMembers, {
        tenantId, id: random.id(purchase.boughtAt), membershipId, userId: person.id, branchId: person.branchId, firstName: relative.firstName, lastName: relative.lastName,
        birthDate: addDays(addYears(today, -age), -random.int(0, 364)), relation, createdAt: purchase.boughtAt, updatedAt: purchase.boughtAt,
      });
    }
  }
}

const insurers = ['Sigurimi Shembull', 'Primer Osiguruvanje', 'Demo Sigurime', 'Euro Polica Demo'] as const;

/** Policies that members hold elsewhere, for one in four. */
export function writePolicies({ tenantId, random, rows, today }: TenantSeed, newest: readonly Sale[]): void {
  for (const [index, { person, purchase }] of newest.entries()) {
    if (index !== 0 && !random.chance(0.25)) continue;
    const startsOn = addDays(today, -random.int(5, 340));
    rows.add(policies, {
      tenantId, id: random.id(purchase.boughtAt), userId: person.id, branchId: person.branchId, insurer: random.pick(insurers), policyNumber: `${random.code(3)}-${random.int(100_000, 999_999)}`,
      kind: index === 0 ? 'vehicle_liability' : random.weighted({ vehicle_liability: 60, vehicle_casco: 15, property: 15, travel: 10 }), startsOn, endsOn: addYears(startsOn, 1),
      createdAt: purchase.boughtAt, updatedAt: purchase.boughtAt,
    });
  }
}

const leadStatuses = ['new', 'new', 'new', 'contacted', 'contacted', 'payment_pending', 'converted', 'converted', 'lost', 'disqualified', 'expired'] as const;

/** Leads of every seller in every state; a converted one names the member it became. */
export function writeLeads(seed: TenantSeed, newest: readonly Sale[]): void {
  const { tenantId, random, rows, today, staff, pack, country } = seed;
  const sellers = staff.filter((one) => one.role === 'agent' || one.role === 'promoter');
  for (const [index, seller] of sellers.entries()) {
    if (seller.branchId === null) continue;
    for (const [place, status] of leadStatuses.entries()) {
      const at = instantOn(seed, addDays(today, -(status === 'new' ? random.int(0, 5) : status === 'expired' ? random.int(100, 200) : random.int(4, 60))), random.int(8 * 60, 18 * 60));
      const convert = newest.filter(({ person }) => person.agent?.id === seller.id)[place];
      if (status === 'converted' && convert === undefined) continue;
      const { firstName, lastName } = status === 'converted' && convert !== undefined ? convert.person : drawName(random, styleOf(pack, random.pick(pack.rules.languages.offered)));
      const serial = String(900_000 + index * 20 + place);
      rows.add(leads, {
        tenantId, id: random.id(at), branchId: seller.branchId, ownerId: seller.id, userId: status === 'converted' ? (convert?.person.id ?? null) : null,
        referralCodeId: seller.role === 'promoter' ? (seller.referral?.id ?? null) : null, source: seller.role === 'promoter' ? 'referral' : 'agent', status, firstName, lastName, phone: country.code === 'MK' ? `+38970${serial}` : `+38344${serial}`, email: null, note: '', createdAt: at, updatedAt: at,
      });
    }
  }
}

/** What the members of the last months and the people who look after cash were told. */
export function writeNotifications(seed: TenantSeed, newest: readonly Sale[]): void {
  const { tenantId, random, rows, now } = seed;
  const recent = now.getTime() - 150 * 86_400_000;
  for (const { person, purchase, paymentId, paidAt, quote, membershipId } of newest) {
    if (purchase.boughtAt.getTime() < recent || purchase.period === null || paidAt === null || paymentId === null) continue;
    const add = (kind: string, params: Record<string, string>, href: string, after: number): void => {
      const createdAt = new Date(Math.min(now.getTime(), paidAt.getTime() + after));
      rows.add(notifications, {
        tenantId, id: random.id(createdAt), userId: person.id, kind, params, href, effectKey: `seed:${membershipId}:${kind}`, readAt: random.chance(0.7) ? createdAt : null, createdAt,
      });
    };
    const until = formatDate(addDays(purchase.period.end, -1));
    const number = person.numbered.memberNumber;
    if (number !== null) add('membership.activated', { number, until }, '/card', 1_000);
    add('payment.succeeded', { amount: formatMoney(money(quote.money.minor, quote.money.currency), person.locale) }, '/payments', 2_000);
  }
}

