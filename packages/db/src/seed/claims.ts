import {
  addDays, claimNumber, isCovered, money, partsOf, successFee, type ClaimCategory, type ClaimStatus, type DateOnly,
} from '@interdomestik/rules';
import { claimEvents, claims } from '../schema';
import { clockOfSeed, noticesOfSeed, pinsOfSeed, stepOfSeed } from './claim-clock';
import { dayOf, instantOn, publishedRule, type TenantSeed } from './context';
import type { NameStyle } from './names';
import type { Series } from './books';
import type { Sale } from './sales';

/** Where the claims of a tenant stand; the first two belong to the demo member. */
const standings: readonly ClaimStatus[] = [
  'negotiation', 'resolved', 'draft', 'submitted', 'submitted', 'submitted', 'submitted', 'submitted', 'submitted', 'verification', 'verification', 'verification', 'verification',
  'evaluation', 'evaluation', 'evaluation', 'evaluation', 'evaluation', 'negotiation', 'negotiation', 'negotiation', 'court', 'court', 'court', 'resolved', 'resolved', 'resolved',
  'resolved', 'resolved', 'rejected', 'rejected', 'rejected', 'draft', 'draft',
];

const ways: Readonly<Record<ClaimStatus, readonly ClaimStatus[]>> = {
  draft: [],
  submitted: ['submitted'],
  verification: ['submitted', 'verification'],
  evaluation: ['submitted', 'verification', 'evaluation'],
  negotiation: ['submitted', 'verification', 'evaluation', 'negotiation'],
  court: ['submitted', 'verification', 'evaluation', 'negotiation', 'court'],
  resolved: ['submitted', 'verification', 'evaluation', 'negotiation', 'resolved'],
  rejected: ['submitted', 'verification', 'evaluation', 'rejected'],
};

const rejectReasons = ['insufficient_evidence', 'no_monetary_recovery_path', 'counterparty_unidentified', 'time_limit_risk'] as const;

const counterparties: Readonly<Record<NameStyle, readonly string[]>> = {
  mk: ['Осигурување Пример АД', 'Градежна Демо ДОО', 'Транспорт Шарпланина ДООЕЛ', 'Продажен центар Вардар ДОО'],
  sq: ['Sigurimi Shembull SH.A.', 'Ndërtimi Demo SH.P.K.', 'Transporti Sharri SH.P.K.', 'Qendra Tregtare Dardania SH.P.K.'],
  sr: ['Osiguranje Primer A.D.', 'Gradnja Demo D.O.O.', 'Prevoz Šar D.O.O.', 'Tržni centar Primer D.O.O.'],
};

const stories: Readonly<Record<NameStyle, Partial<Record<ClaimCategory, string>>>> = {
  mk: {
    vehicle: 'Другото возило не запре на црвено светло и ја удри предната десна страна. Полицијата направи записник.',
    property: 'Водата од горниот кат го оштети таванот и паркетот во дневната соба.',
    injury: 'Повреда на зглоб по пад на неодржуван тротоар пред објект. Лекувањето трае шест недели.',
    consumer: 'Трговецот не ја достави нарачаната стока и не ги враќа парите.',
  },
  sq: {
    vehicle: 'Vetura tjetër kaloi me dritë të kuqe dhe goditi anën e përparme të djathtë. Policia mbajti procesverbal.',
    property: 'Uji nga kati i sipërm dëmtoi tavanin dhe parketin në dhomën e ndenjes.',
    injury: 'Lëndim i kyçit pas rënies në trotuarin e pambajtur para objektit. Mjekimi zgjat gjashtë javë.',
    consumer: 'Tregtari nuk e dorëzoi mallin e porositur dhe nuk i kthen paratë.',
  },
  sr: {
    vehicle: 'Drugo vozilo je prošlo na crveno i udarilo u prednju desnu stranu. Policija je sačinila zapisnik.',
    property: 'Voda sa gornjeg sprata oštetila je plafon i parket u dnevnoj sobi.',
    injury: 'Povreda zgloba posle pada na neodržavanom trotoaru ispred objekta. Lečenje traje šest nedelja.',
    consumer: 'Trgovac nije isporučio naručenu robu i ne vraća novac.',
  },
};

/** A membership under which a loss can be reported, and the newest day on which it may have happened. */
function reportable(seed: TenantSeed, sales: readonly Sale[]): Sale[] {
  return sales.filter(({ purchase: { period, status, planCode } }) => period !== null && planCode !== 'free_start' && isCovered({ status, period }, seed.today));
}

/** Claims in every state, each with its events, from members who are covered. */
export function writeClaims(seed: TenantSeed, sales: readonly Sale[], series: Series): void {
  const { random } = seed;
  const open = reportable(seed, sales);
  const [demo] = open;
  if (demo === undefined) return;
  const drafts = standings.map((status, index) => {
    const sale = index < 2 ? demo : random.pick(open);
    const period = sale.purchase.period;
    const age = { draft: 2, submitted: random.int(2, 9), verification: 12, evaluation: 22, negotiation: 60, court: 100, resolved: 110, rejected: 70 }[status];
    const wanted = addDays(seed.today, -Math.max(1, age + random.int(-2, Math.ceil(age / 4))));
    const startedOn: DateOnly = period !== null && wanted < period.start ? period.start : wanted;
    return { sale, status, startedAt: instantOn(seed, startedOn, random.int(8 * 60, 20 * 60)), isDemo: index < 2 };
  });
  for (const draft of drafts.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())) writeClaim(seed, draft, series);
}

interface Draft {
  readonly sale: Sale;
  readonly status: ClaimStatus;
  readonly startedAt: Date;
  readonly isDemo: boolean;
}

function writeClaim(seed: TenantSeed, { sale, status, startedAt, isDemo }: Draft, series: Series): void {
  const { tenantId, random, rows, pack, now, currency } = seed;
  const { person, membershipId } = sale;
  const category: ClaimCategory = isDemo ? 'vehicle' : random.weighted({ vehicle: 55, property: 20, injury: 13, consumer: status === 'rejected' || status === 'submitted' ? 12 : 0 });
  const id = random.id(startedAt);
  const way = ways[status];
  const room = now.getTime() - startedAt.getTime();
  // the steps share the time since the start, earlier ones closer together
  const times = way.map((_, step) => new Date(startedAt.getTime() + Math.floor((room * (step + 1) ** 1.5) / (way.length + 1) ** 1.5) * (step === 0 ? 0.2 : 1)));
  const submittedAt = times[0] ?? null;
  const year = submittedAt === null ? 0 : partsOf(dayOf(seed, submittedAt)).year;
  const code = submittedAt === null ? null : claimNumber(publishedRule(pack, 'invoicing').value, { country: seed.country.code, year, n: BigInt(series.take('claim', year)) });
  const isComplete = submittedAt !== null && (way.length > 1 || random.chance(0.6));
  const packCompleteAt = isComplete ? new Date(submittedAt.getTime() + random.int(1, 20) * 60_000) : null;
  const manager = seed.staff.find((one) => one.role === 'branch_manager' && one.branchId === person.branchId);
  const handlerId = way.length > 1 ? (manager?.id ?? null) : null;
  const claimed = BigInt(random.int(15, 400)) * (currency === 'EUR' ? 1_000n : 60_000n);
  const outcome = outcomeOf(seed, sale, status, claimed, times);
  const incidentOn = addDays(dayOf(seed, startedAt), -random.int(0, 2));
  const known = { category, sale, incidentOn, submittedAt, claimed, recovered: outcome.recoveredMinor, packCompleteAt };
  const clock = clockOfSeed(seed, status, known, times);
  rows.add(claims, {
    tenantId, id, userId: person.id, branchId: person.branchId, membershipId, code, category, status, incidentOn,
    counterparty: random.pick(counterparties[person.style]), description: stories[person.style][category] ?? '', claimedMinor: claimed, currency, ...outcome,
    rejectReason: status === 'rejected' ? (category === 'consumer' ? 'guidance_only_scope' : random.pick(rejectReasons)) : null, handlerId, submittedAt, packCompleteAt,
    ...clock, ruleVersions: submittedAt === null ? null : pinsOfSeed, createdAt: startedAt, updatedAt: times.at(-1) ?? startedAt,
  });
  const event = (at: Date, kind: string, actorId: string | null, more: { from?: string | null; to?: string; note?: string; receipt?: unknown } = {}): void => rows.add(claimEvents, {
    tenantId, id: random.id(at), claimId: id, userId: person.id, branchId: person.branchId, kind, fromStatus: more.from ?? null, toStatus: more.to ?? null, note: more.note ?? null, actorId,
    visibleToMember: kind === 'created' || kind === 'status', receipt: more.receipt ?? null, createdAt: at,
  });
  event(startedAt, 'created', person.id, { to: 'draft' });
  way.forEach((to, step) => {
    const at = times[step] ?? now;
    const from = way[step - 1] ?? 'draft';
    event(at, 'status', step === 0 ? person.id : handlerId, { from, to, receipt: stepOfSeed(seed, from, to, known) });
    if (step === 1) event(new Date(at.getTime() + 1000), 'assigned', handlerId);
  });
  for (const { at, to } of noticesOfSeed(seed, status, clock)) event(at, to === 'handler' ? 'reminded' : 'escalated', null, { note: to });
}

/** What a claim brought and what was agreed, as far as its state has come. */
function outcomeOf(seed: TenantSeed, sale: Sale, status: ClaimStatus, claimed: bigint, times: readonly Date[]) {
  const { random } = seed;
  const agreedAt = times[3] ?? null;
  const agreed = { feeAuthorisedAt: status === 'rejected' ? null : agreedAt, legalCapAcceptedAt: status === 'court' ? agreedAt : null };
  if (status !== 'resolved') return { ...agreed, recoveredMinor: null, feeMinor: null, noFeeReason: null, receipt: null };
  const recovered = random.chance(0.85) ? (claimed * BigInt(random.int(45, 95))) / 100n : 0n;
  const { fee, receipt } = successFee(publishedRule(seed.pack, 'products'), sale.purchase.planCode, { recovered: money(recovered, seed.currency) });
  return { ...agreed, recoveredMinor: recovered, feeMinor: fee.minor, noFeeReason: recovered === 0n ? 'no_monetary_recovery_path' : null, receipt };
}
