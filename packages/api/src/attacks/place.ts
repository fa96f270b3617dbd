import { and, asc, eq, isNotNull, max } from 'drizzle-orm';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { cards, commissions, familyMembers, instalments, mails, memberships, notifications, payments, refundRequests, refunds, user } from '@interdomestik/db/schema';
import { addDays, newId, todayIn, type Currency } from '@interdomestik/rules';
import { issueToken, type TokenPurpose } from '../accounts/tokens';
import { completeUpload, prepareUpload } from '../documents/upload';
import { cardSale } from '../payments/online';
import { callerFor, enrolInputOf, scopeOf, systemScopeOf, useTestSettings, visitorOf, type TestBranch, type TestPerson, type TestTenant } from '../testing';
import { addColleague, commonHash, consoleOf, signInRoot } from './people';

/** Credentials of a store that nobody runs: read links are made without asking it. */
const uploadToken = Buffer.from(JSON.stringify({ apiKey: 'sk_test_attacks', appId: 'attacks', regions: ['fra1'] })).toString('base64');

type Caller = ReturnType<typeof callerFor>;

/** Everybody of a place who signs in there, and their likes next to them. */
export interface People {
  readonly member: TestPerson;
  /** Of the same branch and agent. */
  readonly otherMember: TestPerson;
  readonly promoter: TestPerson;
  readonly agent: TestPerson;
  readonly otherAgent: TestPerson;
  readonly manager: TestPerson;
  readonly admin: TestPerson;
}

/** Real rows of the place that queries read; whoever changes or ends one makes one of their own. */
export interface Rows {
  readonly memberId: string;
  readonly membershipId: string;
  readonly paymentId: string;
  readonly receiptId: string;
  readonly invoiceId: string;
  /** Handed in. */
  readonly claimId: string;
  readonly documentId: string;
  /** Cash that the manager has banked. */
  readonly depositId: string;
  /** What the agent was paid. */
  readonly payoutId: string;
  readonly leadId: string;
  readonly policyId: string;
  readonly familyMemberId: string;
  readonly notificationId: string;
  readonly mailId: string;
  readonly cardCode: string;
}

/** One branch of one tenant with its people and rows in every table that a procedure touches. */
export interface Place {
  readonly tenant: TestTenant;
  readonly branch: TestBranch;
  readonly people: People;
  readonly rows: Rows;
  /** A word that stands in every text of the place, and nowhere else. */
  readonly word: string;
  readonly scopeOf: (who: keyof People) => Promise<TenantScope>;
  readonly callerOf: (who: keyof People) => Promise<Caller>;
  /** The super admins' console; enters no tenant. */
  readonly root: () => Promise<Caller>;
  readonly newDraft: () => Promise<string>;
  readonly newClaim: () => Promise<string>;
  readonly newPolicy: () => Promise<string>;
  readonly newLead: () => Promise<string>;
  readonly newFamilyMember: () => Promise<string>;
  /** What somebody new paid the agent in cash, all of it still with the agent. */
  readonly newRefundable: () => Promise<{ readonly membershipId: string; readonly shown: { readonly minor: string; readonly currency: Currency } }>;
  /** The member's own membership, called off, paused or neither, old enough to be paused. */
  readonly membershipAs: (status: 'active' | 'canceled' | 'paused') => Promise<string>;
  /** A bigger plan for the member's own membership, which is then of the smaller one. */
  readonly newStepUp: () => Promise<string>;
  /** Cash that the agent took; `confirmed`: the manager has counted it. */
  readonly newReceipt: () => Promise<string>;
  /** Cash that the agent has handed over: counted by the manager, or not yet. */
  readonly newHandover: (state: 'waiting' | 'counted') => Promise<string>;
  readonly newDeposit: () => Promise<string>;
  /** What the agent earned by a sale of enough for a payout; the commission's id. */
  readonly newCommission: (state: 'pending' | 'approved') => Promise<string>;
  readonly newPayout: () => Promise<string>;
  readonly newOpenPayment: () => Promise<string>;
  /** The next part, of 10 euros, of a membership that the member pays in parts in that way; by card it has its open checkout. */
  readonly newInstalment: (by: 'cash' | 'card') => Promise<string>;
  readonly newColleague: (role?: 'agent' | 'promoter' | 'branch_manager', status?: 'active' | 'invited' | 'disabled') => Promise<TestPerson>;
  readonly newBranch: () => Promise<string>;
  /** Enrolled by the agent, for entries that give the member into other hands. */
  readonly newMember: () => Promise<string>;
  /** The agent asks that nobody looks after a new member any more; the manager has not decided. */
  readonly newTransfer: () => Promise<string>;
  readonly newSession: (who: keyof People) => Promise<string>;
  /** The secret of a mailed link of somebody new. */
  readonly newLink: (purpose: TokenPurpose) => Promise<string>;
}

/** A policy as somebody types it. */
export const policyOf = (word: string) => ({ kind: 'property' as const, insurer: `${word} Siguria`, policyNumber: `${word}-77`, startsOn: '2026-01-01', endsOn: '2036-01-01' });

/** What a member says of a loss; the same every time, so that all claims of a place are one matter. */
export function lossOf(place: Pick<Place, 'tenant' | 'word'>) {
  return { category: 'vehicle' as const, incidentOn: todayIn(place.tenant.pack.zone, new Date()), counterparty: `${place.word} Transport`, description: `${place.word}: a car hit mine from behind at the lights.`, idempotencyKey: newId() };
}

/** Nothing of a membership's money is asked back any more: for calls that a refund under way would stop. */
export async function withoutRefunds(tx: Tx, tenantId: string, membershipId: string): Promise<void> {
  await tx.update(refundRequests).set({ status: 'declined', decidedAt: new Date() }).where(and(eq(refundRequests.tenantId, tenantId), eq(refundRequests.membershipId, membershipId), eq(refundRequests.status, 'open')));
  await tx.update(refunds).set({ status: 'refused' }).where(and(eq(refunds.tenantId, tenantId), eq(refunds.membershipId, membershipId), eq(refunds.status, 'asked')));
}

/** A caller who is already signed in, so that its answer's address is always another: no limit of one address is what these tests are about. */
const calling = (scope: TenantScope): Caller => callerFor(scope, { ip: newId() });

async function enrolled(tenant: TestTenant, seller: TenantScope, word: string, changes: Record<string, unknown> = {}) {
  const sold = await calling(seller).enrolments.enrol(enrolInputOf(tenant, { firstName: word, lastName: 'Krasniqi', email: `${word.toLowerCase()}-${newId().slice(-12)}@${tenant.slug}.example`, planCode: 'asistenca_family', ...changes }));
  const hash = await commonHash();
  return await withTenant(await systemScopeOf(tenant), async (tx) => {
    const [person] = await tx.update(user).set({ status: 'active', passwordHash: hash }).where(and(eq(user.tenantId, tenant.id), eq(user.id, sold.memberId))).returning({ email: user.email, branchId: user.branchId });
    const signsIn: TestPerson = { id: sold.memberId, email: person?.email ?? '', role: 'member', branchId: person?.branchId ?? null, password: 'a quiet river in autumn' };
    return { ...sold, person: signsIn };
  });
}

const found = <T>(row: T | undefined, what: string): T => {
  if (row === undefined) throw new Error(`the place has no ${what}`);
  return row;
};

async function told(tx: Tx, tenantId: string, userId: string) {
  const [notification] = await tx.select({ id: notifications.id }).from(notifications).where(and(eq(notifications.tenantId, tenantId), eq(notifications.userId, userId))).limit(1);
  const [mail] = await tx.select({ id: mails.id }).from(mails).where(and(eq(mails.tenantId, tenantId), eq(mails.userId, userId))).limit(1);
  return { notificationId: found(notification, 'notification').id, mailId: found(mail, 'mail').id };
}

type Makers = Omit<Place, 'tenant' | 'branch' | 'people' | 'rows' | 'word' | 'root'>;

function makersOf(tenant: TestTenant, branch: TestBranch, people: People, word: string): Makers {
  const scopes = new Map<keyof People, Promise<TenantScope>>();
  const scopeAs = (who: keyof People): Promise<TenantScope> => {
    const scope = scopes.get(who) ?? scopeOf(tenant, people[who]);
    scopes.set(who, scope);
    return scope;
  };
  const callerOf = async (who: keyof People) => calling(await scopeAs(who));
  const newDraft = async () => (await (await callerOf('member')).claims.start({ category: 'vehicle' })).id;
  const newReceipt = async () => found((await enrolled(tenant, await scopeAs('agent'), word)).receiptId ?? undefined, 'receipt');
  const newHandover: Makers['newHandover'] = async (state) => {
    const { handovers: [made] } = await (await callerOf('agent')).cash.handOver({ ids: [await newReceipt()] });
    const { id, amount } = found(made, 'handover');
    if (state === 'counted') await (await callerOf('manager')).cash.confirm({ id, counted: amount });
    return id;
  };
  const newDeposit = async () =>
    (await (await callerOf('manager')).cash.bank({ ids: [await newHandover('counted')], slip: `${word}-1`, depositedOn: todayIn(tenant.pack.zone, new Date()) })).depositId;
  const newMember = async () => (await enrolled(tenant, await scopeAs('agent'), word)).memberId;
  const inTenant = async <T>(work: (tx: Tx, scope: TenantScope) => Promise<T>): Promise<T> => {
    const scope = await systemScopeOf(tenant);
    return await withTenant(scope, (tx) => work(tx, scope));
  };
  const heldBy = async (tx: Tx) => {
    const [held] = await tx.select({ membershipId: memberships.id, receipt: memberships.receipt }).from(memberships)
      .where(and(eq(memberships.tenantId, tenant.id), eq(memberships.userId, people.member.id), isNotNull(memberships.endsOn))).limit(1);
    return found(held, 'membership');
  };
  const newCommission: Makers['newCommission'] = (state) => inTenant(async (tx) => {
    const id = newId();
    const { membershipId } = await heldBy(tx);
    const [sale] = await tx.select().from(payments).where(and(eq(payments.tenantId, tenant.id), eq(payments.membershipId, membershipId), eq(payments.method, 'cash'))).orderBy(asc(payments.createdAt)).limit(1);
    const { id: paymentId, currency } = found(sale, 'sale');
    const [last] = await tx.select({ number: max(commissions.number) }).from(commissions).where(and(eq(commissions.tenantId, tenant.id), eq(commissions.paymentId, paymentId)));
    const now = new Date();
    await tx.insert(commissions).values({
      tenantId: tenant.id, id, branchId: branch.id, agentId: people.agent.id, paymentId, membershipId, number: (last?.number ?? 0) + 1, kind: 'new', planCode: 'asistenca', netMinor: 2_000_000n, rateBp: tenant.pack.rules.commissions.percentBp.new, amountMinor: 400_000n, currency, receipt: {},
      occurredAt: now, approvedAt: state === 'approved' ? now : null, approvedBy: state === 'approved' ? people.admin.id : null,
    });
    return id;
  });
  const newPayout = async () => {
    await newCommission('approved');
    const { payouts: [made] } = await (await callerOf('admin')).commissions.payOut({ agentIds: [people.agent.id], paidOn: todayIn(tenant.pack.zone, new Date()), until: new Date(), idempotencyKey: newId() });
    return found(made, 'payout').id;
  };
  const newOpenPayment = () => inTenant(async (tx) => {
    const id = newId();
    const { membershipId, receipt } = await heldBy(tx);
    await tx.insert(payments).values({
      tenantId: tenant.id, id, userId: people.member.id, branchId: branch.id, paymentAccountId: tenant.card.id, method: 'card', status: 'pending', amountMinor: 3500n, currency: 'EUR', taxDocumentIssuer: 'provider',
      membershipId, receipt, providerTransactionId: `txn_${id}`, checkoutUrl: `http://localhost/pay/${word}/${id}`,
    });
    return id;
  });
  return {
    scopeOf: scopeAs, callerOf, newDraft, newReceipt, newHandover, newDeposit, newCommission, newPayout, newOpenPayment,
    newInstalment: async (by) => {
      const paymentId = by === 'card' ? await newOpenPayment() : null;
      return await inTenant(async (tx) => {
        const id = newId();
        const owner = { tenantId: tenant.id, userId: people.member.id, branchId: branch.id };
        const { membershipId } = await heldBy(tx);
        const ofThis = and(eq(instalments.tenantId, tenant.id), eq(instalments.membershipId, membershipId));
        const [last] = await tx.select({ number: max(instalments.number) }).from(instalments).where(ofThis);
        await tx.update(instalments).set({ status: 'canceled' }).where(and(ofThis, eq(instalments.status, 'due')));
        const [sale] = await tx.select({ id: payments.id }).from(payments).where(and(eq(payments.tenantId, tenant.id), eq(payments.membershipId, membershipId), eq(payments.method, 'cash'))).orderBy(asc(payments.createdAt)).limit(1);
        const part = {
          ...owner, membershipId, code: 'in_four', dueOn: todayIn(tenant.pack.zone, new Date()), amountMinor: 1000n, vatMinor: 153n, currency: by === 'cash' ? (tenant.pack.currencies[0] ?? 'EUR') : 'EUR',
          taxDocumentIssuer: by === 'cash' ? 'tenant' : 'provider',
        };
        if (last?.number == null) await tx.insert(instalments).values({ ...part, id: newId(), number: 1, status: 'paid', paidAt: new Date(), paymentId: found(sale, 'sale').id });
        await tx.insert(instalments).values({ ...part, id, paymentId, number: (last?.number ?? 1) + 1 });
        return id;
      });
    },
    newClaim: async () => (await (await callerOf('member')).claims.submit({ id: await newDraft(), ...lossOf({ tenant, word }) })).id,
    newPolicy: async () => (await (await callerOf('member')).policies.add(policyOf(word))).id,
    newLead: async () => (await (await callerOf('agent')).leads.create({ firstName: word, lastName: 'Berisha', email: `${newId()}@${word.toLowerCase()}.example`, source: 'agent', note: `${word} asked for a price` })).id,
    newFamilyMember: () => inTenant(async (tx) => {
      const { membershipId } = await heldBy(tx);
      const id = newId();
      await tx.insert(familyMembers).values({ tenantId: tenant.id, id, membershipId, userId: people.member.id, branchId: branch.id, firstName: word, lastName: 'Krasniqi', relation: 'child' });
      return id;
    }),
    newRefundable: async () => {
      const { membershipId, paymentId } = await enrolled(tenant, await scopeAs('agent'), word);
      return await inTenant(async (tx) => {
        const [sale] = await tx.select({ minor: payments.amountMinor }).from(payments).where(and(eq(payments.tenantId, tenant.id), eq(payments.id, paymentId ?? '')));
        return { membershipId, shown: { minor: String(found(sale, 'sale').minor), currency: tenant.pack.currencies[0] ?? 'EUR' } };
      });
    },
    newStepUp: async () => {
      const { currency } = await cardSale(await systemScopeOf(tenant), 'self_service', new Date());
      return await inTenant(async (tx) => {
        const { membershipId } = await heldBy(tx);
        // nothing bigger is bought while a part is due
        await tx.update(instalments).set({ status: 'canceled' }).where(and(eq(instalments.tenantId, tenant.id), eq(instalments.membershipId, membershipId), eq(instalments.status, 'due')));
        await withoutRefunds(tx, tenant.id, membershipId);
        await tx.update(memberships).set({ status: 'active', planCode: 'asistenca', people: 1, currency, priceMinor: 1n }).where(and(eq(memberships.tenantId, tenant.id), eq(memberships.id, membershipId)));
        return 'asistenca_family';
      });
    },
    membershipAs: (status) => inTenant(async (tx) => {
      const { membershipId } = await heldBy(tx);
      const startsOn = addDays(todayIn(tenant.pack.zone, new Date()), -60);
      await tx.update(memberships).set({ status, startsOn }).where(and(eq(memberships.tenantId, tenant.id), eq(memberships.id, membershipId)));
      return membershipId;
    }),
    newColleague: (role = 'agent', status = 'active') => addColleague(tenant, { role, branchId: branch.id, firstName: word, status }),
    newBranch: async () => (await (await callerOf('admin')).branches.create({ code: `${word.toLowerCase()}-${newId().slice(-12)}`, name: 'Annex', city: 'Prizren', address: 'Rr. e Re 1', phone: undefined })).id,
    newMember,
    newTransfer: async () => (await (await callerOf('agent')).transfers.request({ memberId: await newMember(), toBranchId: branch.id, toAgentId: null, reason: `${word} moves on` })).id,
    newSession: async (who) => (await scopeOf(tenant, people[who])).sessionId ?? '',
    newLink: (purpose) => inTenant(async (tx, scope) => {
      const id = newId();
      await tx.insert(user).values({ tenantId: tenant.id, id, branchId: branch.id, firstName: word, lastName: 'Newcomer', email: `${id}@${tenant.slug}.example`, signInEmail: `${id}@${tenant.slug}.example`, status: purpose === 'invitation' ? 'invited' : 'active', locale: 'en' });
      return (await issueToken(tx, scope, id, purpose, new Date(), purpose === 'change_email' ? `${newId()}@${tenant.slug}.example` : null)).token;
    }),
  };
}

/** Fills a branch of the test world with what the attacks need. `word`: letters only, unlike any other text. */
export async function buildPlace(tenant: TestTenant, branch: TestBranch, word: string): Promise<Place> {
  // nobody listens there: what is already open is answered without asking
  useTestSettings({ PADDLE_API_BASE: 'http://127.0.0.1:9', EFAKTURA_API_BASE: 'http://127.0.0.1:9', UPLOADTHING_TOKEN: uploadToken, UPLOADTHING_UFS_HOST: 'files.localhost', UPLOADTHING_UFS_APP_ID_LOCATION: 'path' });
  const agentScope = await scopeOf(tenant, branch.agent);
  const sold = await enrolled(tenant, agentScope, word);
  const other = await enrolled(tenant, agentScope, word);
  const colleague = (role: 'agent' | 'promoter') => addColleague(tenant, { role, branchId: branch.id, firstName: word });
  const people: People = {
    member: sold.person, otherMember: other.person, promoter: await colleague('promoter'), agent: branch.agent, otherAgent: await colleague('agent'), manager: branch.manager, admin: tenant.admin,
  };
  const makers = makersOf(tenant, branch, people, word);
  const claimId = await makers.newClaim();
  const grant = await prepareUpload(await makers.scopeOf('member'), { entity: 'claim', entityId: claimId, kind: 'photos' }, { name: `${word}.jpg`, sizeBytes: 1000, mime: 'image/jpeg' }, new Date());
  await completeUpload({ tenantId: grant.tenantId, documentId: grant.documentId, path: grant.path, storageKey: `secret-key-${grant.documentId}`, fileName: `${word}.jpg`, status: 'stored', mime: 'image/jpeg', sizeBytes: 900, sha256: 'a'.repeat(64) }, new Date());
  const rootSession = await signInRoot();
  const { card, ...seen } = await withTenant(await systemScopeOf(tenant), async (tx) => {
    const [row] = await tx.select({ code: cards.code }).from(cards).where(and(eq(cards.tenantId, tenant.id), eq(cards.userId, sold.memberId)));
    return { card: found(row, 'card'), ...(await told(tx, tenant.id, sold.memberId)) };
  });
  const rows: Rows = {
    memberId: sold.memberId, membershipId: sold.membershipId, paymentId: found(sold.paymentId ?? undefined, 'payment'), receiptId: found(sold.receiptId ?? undefined, 'receipt'),
    invoiceId: found(sold.invoiceId ?? undefined, 'invoice'), claimId, documentId: grant.documentId, leadId: await makers.newLead(), policyId: await makers.newPolicy(),
    depositId: await makers.newDeposit(), payoutId: await makers.newPayout(), familyMemberId: await makers.newFamilyMember(), cardCode: card.code, ...seen,
  };
  return { tenant, branch, people, rows, word, ...makers, root: async () => callerFor(null, { platform: await consoleOf(rootSession.sessionId) }) };
}

/** The visitor of a place's host. */
export const visitorAt = ({ tenant }: Pick<Place, 'tenant'>): Promise<TenantScope> => visitorOf(tenant);
