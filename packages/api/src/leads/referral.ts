import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { toString as qrToString } from 'qrcode';
import { newId, randomCode } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { leads, memberships, referralCodes, user } from '@interdomestik/db/schema';
import { placementOf } from '../accounts/new-member';
import { personOf } from '../accounts/profile';
import { ruleOf } from '../settings/rules';
import { portalOrigin, portalPaths } from '../site/origins';

/** Where the code's owner works, else is a member, else the tenant's default branch: new members belong there. */
async function branchFor(tx: Tx, scope: TenantScope, userId: string, defaultBranchCode: string): Promise<string> {
  const { reach } = scope;
  if (reach.kind === 'branch' || reach.kind === 'own') return reach.branchId;
  const [person] = await tx.select({ branchId: user.branchId }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId)));
  return person?.branchId ?? (await placementOf(tx, scope, undefined, defaultBranchCode)).branchId;
}

/** The oldest living code of a person; made at the first look. */
async function codeOf(tx: Tx, scope: TenantScope, userId: string, defaultBranchCode: string): Promise<{ id: string; code: string }> {
  const find = async () => (await tx.select({ id: referralCodes.id, code: referralCodes.code }).from(referralCodes)
    .where(and(eq(referralCodes.tenantId, scope.tenantId), eq(referralCodes.userId, userId), isNull(referralCodes.disabledAt))).orderBy(asc(referralCodes.createdAt), asc(referralCodes.id)).limit(1))[0];
  const known = await find();
  if (known !== undefined) return known;
  // two tabs at once: the second waits here and then finds the first one's code
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`referral:${scope.tenantId}:${userId}`}, 0))`);
  const made = await find();
  if (made !== undefined) return made;
  const branchId = await branchFor(tx, scope, userId, defaultBranchCode);
  for (;;) {
    const [row] = await tx.insert(referralCodes).values({ tenantId: scope.tenantId, id: newId(), userId, branchId, code: randomCode(8) })
      .onConflictDoNothing().returning({ id: referralCodes.id, code: referralCodes.code });
    if (row !== undefined) return row;
  }
}

/**
 * The own referral code with its link, its QR code and what came of it. Counts only: a promoter learns how many joined, never who. Throws
 * FORBIDDEN for a super admin, who is no user of the tenant.
 */
export async function myReferral(scope: TenantScope, now: Date) {
  const userId = personOf(scope);
  const enrolment = await ruleOf(scope, 'enrolment', now);
  const { code, counts } = await withTenant(actAsTenant(scope, 'leads.myReferral'), async (tx) => {
    const own = await codeOf(tx, scope, userId, enrolment.value.defaultBranchCode);
    const brought = (extra?: ReturnType<typeof inArray>) => tx.select({ value: sql<number>`count(distinct ${memberships.userId})::int` }).from(memberships)
      .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.referralCodeId, own.id), extra));
    const [[written], [joined], [active]] = await Promise.all([
      tx.select({ value: count() }).from(leads).where(and(eq(leads.tenantId, scope.tenantId), eq(leads.referralCodeId, own.id))),
      brought(),
      brought(inArray(memberships.status, ['active', 'past_due'])),
    ]);
    return { code: own.code, counts: { leads: written?.value ?? 0, joined: joined?.value ?? 0, active: active?.value ?? 0 } };
  });
  const link = `${portalOrigin(scope.tenant, 'member')}${portalPaths.join(code)}`;
  return { code, link, qrSvg: await qrToString(link, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }), counts };
}
