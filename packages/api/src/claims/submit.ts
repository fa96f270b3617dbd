import { and, eq } from 'drizzle-orm';
import {
  assertIncidentPast, claimNumber, decideStep, conflict, formatInstant, fullName, isLocale, notFound, parseNumberPattern, partsOf, todayIn,
  type ClaimSubmitInput, type DateOnly, type MatterKey, type ResolvedRule,
} from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { claims, user } from '@interdomestik/db/schema';
import { assertOn } from '../flags/flags';
import { once } from '../idempotency';
import { memberOf } from '../memberships/service';
import { isTold, letterheadOf, queueMail, type Letterhead } from '../mails';
import { notify, notifyRole } from '../notifications';
import { takeNumber } from '../numbering';
import { ruleOf } from '../settings/rules';
import { portalOrigin } from '../site/origins';
import { requireCover } from './coverage';
import { draftColumns, lockOwnClaim } from './draft';
import { addClaimEvent } from './events';
import { clockOf, missingOf } from './clock';
import { factsOfClaim } from './facts';
import { storedKinds, type ClaimRow } from './pack';
import { pinsOf } from './rules';

export type SubmitInput = ClaimSubmitInput & { readonly id: string };

export interface Submitted {
  readonly id: string;
  readonly code: string;
  /** Documents that the category asks for and that are still missing: the clock waits for them. */
  readonly missing: readonly string[];
}

interface Rules {
  readonly workflows: ResolvedRule<'workflows'>;
  readonly products: ResolvedRule<'products'>;
  readonly invoicing: ResolvedRule<'invoicing'>;
  readonly letterhead: Letterhead;
}

/** `CLM-MK-2026-000001`. The row lock of the series orders claims of the whole tenant, so it comes last before the claim is written. */
async function numberFor(tx: Tx, scope: TenantScope, rule: Rules['invoicing'], today: DateOnly): Promise<string> {
  const { year } = partsOf(today);
  const n = await takeNumber(tx, scope, 'claim', parseNumberPattern(rule.value.claimPattern).perYear ? year : 0);
  return claimNumber(rule.value, { country: scope.tenant.countryCode, year, n: BigInt(n) });
}

interface Told {
  readonly claim: ClaimRow;
  readonly code: string;
  readonly matter: MatterKey;
  readonly slaDueAt: Date | null;
  /** Working hours from a complete pack to the first decision. */
  readonly hours: number;
}

/** Tells the branch and the member; both once, however often the call is repeated. */
async function tell(tx: Tx, scope: TenantScope, { claim, code, matter, slaDueAt, hours }: Told, rules: Rules): Promise<void> {
  const [person] = await tx.select({ firstName: user.firstName, lastName: user.lastName, email: user.email, locale: user.locale }).from(user).where(and(visible(scope, user), eq(user.id, claim.userId)));
  if (person === undefined) throw notFound();
  const due = slaDueAt === null ? '–' : formatInstant(slaDueAt, scope.tenant.timeZone);
  const inApp = isTold(rules.letterhead, 'claim.submitted', 'in_app');
  if (inApp) await notifyRole(tx, scope, { role: 'branch_manager', branchId: claim.branchId }, {
    kind: 'claim.submitted', params: { member: fullName(person), number: code, due }, href: `/claims?open=${claim.id}`, effectKey: `claim:${claim.id}:submitted`,
  });
  if (inApp) await notify(tx, scope, { userId: claim.userId, kind: 'claim.received', params: { number: code }, href: `/claims/${claim.id}`, effectKey: `claim:${claim.id}:received` });
  if (person.email === null || !isTold(rules.letterhead, 'claim.submitted', 'mail')) return;
  await queueMail(tx, scope, {
    template: 'claim-received', to: { email: person.email, userId: claim.userId }, locale: isLocale(person.locale) ? person.locale : 'en', letterhead: rules.letterhead,
    effectKey: `claim:${claim.id}:received`,
    params: {
      name: person.firstName, number: code, category: matter.category, incidentOn: matter.incidentOn, hours,
      url: `${portalOrigin(scope.tenant, 'member')}/claims/${claim.id}`,
    },
  });
}

async function handIn(tx: Tx, scope: TenantScope, input: SubmitInput, rules: Rules, now: Date): Promise<Submitted> {
  const claim = await lockOwnClaim(tx, scope, input.id);
  if (claim.status !== 'draft') throw conflict('errors.claim.handedIn');
  const workflows = rules.workflows.value;
  const today = todayIn(scope.tenant.timeZone, now);
  assertIncidentPast(input.incidentOn, today);
  const matter = { incidentOn: input.incidentOn, counterparty: input.counterparty, category: input.category };
  const membership = await requireCover(tx, scope, matter, { workflows, products: rules.products.value }, now);
  const present = await storedKinds(tx, scope, claim.id);
  const missing = missingOf(rules.workflows, input, present);
  const handedIn: ClaimRow = {
    ...claim, ...draftColumns(input), membershipId: membership.id, submittedAt: now, packCompleteAt: missing.length > 0 ? null : now, stageSince: now, slaReceipt: null,
  };
  const facts = await factsOfClaim(tx, scope, handedIn);
  const step = decideStep(rules.workflows, { from: claim.status, to: 'submitted', gates: {}, permissions: scope.permissions, subject: { facts, documents: present } });
  const clock = clockOf(rules.workflows, { ...handedIn, status: 'submitted' }, facts, now);
  const code = await numberFor(tx, scope, rules.invoicing, today);
  await tx.update(claims)
    .set({ ...draftColumns(input), ...clock, membershipId: membership.id, code, status: 'submitted', submittedAt: now, ruleVersions: pinsOf(rules), updatedAt: now })
    .where(and(visible(scope, claims), eq(claims.id, claim.id)));
  await addClaimEvent(tx, scope, claim, { kind: 'status', fromStatus: 'draft', toStatus: 'submitted', receipt: step.receipt, at: now });
  const hours = workflows.routes.find(({ code: route }) => route === clock.routeCode)?.triageHours ?? workflows.triageHours;
  await tell(tx, scope, { claim, code, matter, slaDueAt: clock.slaDueAt, hours }, rules);
  return { id: claim.id, code, missing };
}

/**
 * Hands a claim in: the membership must be in force and cover the day of the loss, the plan's matters must not be used up. The claim gets its gapless
 * number, and the clock starts when its documents are complete. A repeat with the same key gives the same answer. Throws NOT_FOUND
 * for anybody else's claim, INVALID with the field, CONFLICT for what the membership or the state forbids, UNAVAILABLE while handing in is switched off.
 */
export async function submitClaim(asker: TenantScope, input: SubmitInput, now: Date): Promise<Submitted> {
  // staff hand in nobody's claim; they are not told either which drafts there are
  const userId = memberOf(asker);
  const scope = inAction(asker, 'claims.submit');
  const [row] = await readTenant(scope, (tx) => tx.select({ branchId: claims.branchId }).from(claims).where(and(visible(scope, claims), eq(claims.userId, userId), eq(claims.id, input.id))));
  if (row === undefined) throw notFound();
  await assertOn(scope, 'claims.submit');
  const [workflows, products, invoicing, letterhead] = await Promise.all([
    ruleOf(scope, 'workflows', now, row.branchId), ruleOf(scope, 'products', now), ruleOf(scope, 'invoicing', now), letterheadOf(scope, now),
  ]);
  const { idempotencyKey, ...payload } = input;
  return await withTenant(scope, (tx) => once(tx, scope, { operation: 'claims.submit', key: idempotencyKey, payload }, () => handIn(tx, scope, input, { workflows, products, invoicing, letterhead }, now)));
}
