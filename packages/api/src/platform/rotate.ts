import { and, asc, eq, gt, isNotNull, or } from 'drizzle-orm';
import { inAction, listTenants, platformDoor, resolveScope, withPlatform, withTenant, type TenantScope } from '@interdomestik/db';
import { clearanceAccounts, paymentAccounts, platformSecondFactors, refunds, secondFactors } from '@interdomestik/db/schema';
import { currentKeyRing, needsReseal, open, seal, SealBroken, type KeyRing } from '../vendors/secrets';

/** What a run of the rotation found: sealed values by where they lie. */
export interface Rotation {
  /** Sealed anew with the first key. */
  resealed: number;
  /** Sealed with the first key already. */
  current: number;
  /** No key of the ring opens them: they stay as they are. */
  readonly broken: string[];
}

const action = 'secrets.rotate';
const pageSize = 200;

/** The ring that a run works with, and what it has found so far. */
interface Run {
  readonly keyRing: KeyRing;
  readonly rotation: Rotation;
}

/** A sealed value under the first key; null when it is that already or cannot be opened. */
function resealed(value: string | null, realm: string, place: string, { keyRing, rotation }: Run): string | null {
  if (value === null) return null;
  try {
    if (!needsReseal(value, { keyRing })) {
      rotation.current += 1;
      return null;
    }
    const again = seal(open(value, realm, { keyRing }), realm, { keyRing });
    rotation.resealed += 1;
    return again;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    rotation.broken.push(place);
    return null;
  }
}

async function rotateAccounts(scope: TenantScope, run: Run): Promise<void> {
  const own = eq(paymentAccounts.tenantId, scope.tenantId);
  await withTenant(scope, async (tx) => {
    const rows = await tx.select().from(paymentAccounts).where(and(own, or(isNotNull(paymentAccounts.credentials), isNotNull(paymentAccounts.webhookSecrets)))).for('no key update');
    for (const row of rows) {
      const place = `payment_accounts ${scope.tenantId} ${row.id}`;
      const credentials = resealed(row.credentials, scope.tenantId, place, run);
      const webhookSecrets = resealed(row.webhookSecrets, scope.tenantId, place, run);
      if (credentials === null && webhookSecrets === null) continue;
      await tx.update(paymentAccounts).set({ ...(credentials === null ? {} : { credentials }), ...(webhookSecrets === null ? {} : { webhookSecrets }) }).where(and(own, eq(paymentAccounts.id, row.id)));
    }
  });
}

async function rotateClearances(scope: TenantScope, run: Run): Promise<void> {
  const own = eq(clearanceAccounts.tenantId, scope.tenantId);
  await withTenant(scope, async (tx) => {
    for (const { id, credentials } of await tx.select().from(clearanceAccounts).where(own).for('no key update')) {
      const again = resealed(credentials, scope.tenantId, `clearance_accounts ${scope.tenantId} ${id}`, run);
      if (again !== null) await tx.update(clearanceAccounts).set({ credentials: again }).where(and(own, eq(clearanceAccounts.id, id)));
    }
  });
}

/** A page of second factors after a row; the id of the last one, or null at the end. */
async function rotateFactors(scope: TenantScope, after: string | null, run: Run): Promise<string | null> {
  const own = eq(secondFactors.tenantId, scope.tenantId);
  return await withTenant(scope, async (tx) => {
    const rows = await tx.select({ id: secondFactors.id, secret: secondFactors.secret }).from(secondFactors).where(and(own, after === null ? undefined : gt(secondFactors.id, after))).orderBy(asc(secondFactors.id)).limit(pageSize).for('no key update');
    for (const { id, secret } of rows) {
      const again = resealed(secret, scope.tenantId, `second_factors ${scope.tenantId} ${id}`, run);
      if (again !== null) await tx.update(secondFactors).set({ secret: again }).where(and(own, eq(secondFactors.id, id)));
    }
    return rows.length < pageSize ? null : (rows.at(-1)?.id ?? null);
  });
}

/** A page of accounts that refunds are paid out to, after a row; the id of the last one, or null at the end. */
async function rotatePayouts(scope: TenantScope, after: string | null, run: Run): Promise<string | null> {
  const own = eq(refunds.tenantId, scope.tenantId);
  return await withTenant(scope, async (tx) => {
    const rows = await tx.select({ id: refunds.id, sealed: refunds.payoutAccount }).from(refunds).where(and(own, isNotNull(refunds.payoutAccount), after === null ? undefined : gt(refunds.id, after))).orderBy(asc(refunds.id)).limit(pageSize).for('no key update');
    for (const { id, sealed } of rows) {
      const payoutAccount = resealed(sealed, scope.tenantId, `refunds ${scope.tenantId} ${id}`, run);
      if (payoutAccount !== null) await tx.update(refunds).set({ payoutAccount }).where(and(own, eq(refunds.id, id)));
    }
    return rows.length < pageSize ? null : (rows.at(-1)?.id ?? null);
  });
}

async function rotateConsole(run: Run): Promise<void> {
  await withPlatform(platformDoor(), action, async (tx) => {
    const rows = await tx.select().from(platformSecondFactors).for('no key update');
    for (const { platformUserId, secret } of rows) {
      const again = resealed(secret, 'platform', `platform_second_factors ${platformUserId}`, run);
      if (again !== null) await tx.update(platformSecondFactors).set({ secret: again }).where(eq(platformSecondFactors.platformUserId, platformUserId));
    }
  });
}

/**
 * Seals everything that is sealed in the database anew with the first key of ENCRYPTION_KEY: keys and webhook secrets of payment accounts, keys of clearing services, accounts that refunds are paid out to, second factors of
 * people and of super admins. A row is opened and sealed while it is held, so that nobody's change is lost; what a broken run did stands, and the next one does
 * the rest. When a run seals nothing anew and finds nothing broken, the older keys may go. Throws InvalidKey without a usable ENCRYPTION_KEY.
 */
export async function rotateSecrets(keyRing: KeyRing = currentKeyRing()): Promise<Rotation> {
  const rotation: Rotation = { resealed: 0, current: 0, broken: [] };
  const run: Run = { keyRing, rotation };
  for (const { id, slug } of await listTenants()) {
    // a suspended tenant is found the way in which the news of its money is
    const found = (await resolveScope({ kind: 'job', tenantId: id, job: action })) ?? (await resolveScope({ kind: 'webhook', slug }));
    if (found === null) {
      rotation.broken.push(`tenant ${id}: still being prepared`);
      continue;
    }
    const scope = inAction(found, action);
    await rotateAccounts(scope, run);
    await rotateClearances(scope, run);
    let after: string | null = null;
    do after = await rotateFactors(scope, after, run); while (after !== null);
    let paid: string | null = null;
    do paid = await rotatePayouts(scope, paid, run); while (paid !== null);
  }
  await rotateConsole(run);
  return rotation;
}
