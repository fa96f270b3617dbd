import { and, desc, eq, isNull } from 'drizzle-orm';
import { toString as qrToString } from 'qrcode';
import { fullName, todayIn, type DateOnly, type Locale } from '@interdomestik/rules';
import { actAsTenant, readTenant, visible, type TenantScope } from '@interdomestik/db';
import { cards, memberships, user } from '@interdomestik/db/schema';
import { coversToday, memberOf } from '../memberships/service';
import { planTitles } from '../plans/service';
import { portalOrigin, portalPaths } from '../site/origins';

export type CardStatus = 'valid' | 'paused' | 'expired' | 'invalid';

export interface CardCheck {
  readonly valid: boolean;
  readonly status: CardStatus;
  readonly planTitle: string | null;
  /** First day on which it no longer holds. */
  readonly validUntil: string | null;
  readonly memberNumberMasked: string | null;
}

const unknownCard: CardCheck = { valid: false, status: 'invalid', planTitle: null, validUntil: null, memberNumberMasked: null };

const masked = (number: string): string => `${'•'.repeat(Math.max(0, number.length - 3))}${number.slice(-3)}`;

/** The own digital card with the QR code of its public check; null until a membership was active. */
export async function myCard(scope: TenantScope, locale: Locale, now: Date) {
  const userId = memberOf(scope);
  const title = await planTitles(scope, locale, now);
  const rows = await readTenant(scope, (tx) =>
    tx.select({
      code: cards.code, firstName: user.firstName, lastName: user.lastName, memberNumber: user.memberNumber, planCode: memberships.planCode,
      status: memberships.status, startsOn: memberships.startsOn, endsOn: memberships.endsOn,
    }).from(cards)
      .innerJoin(memberships, and(eq(memberships.tenantId, cards.tenantId), eq(memberships.id, cards.membershipId)))
      .innerJoin(user, and(eq(user.tenantId, cards.tenantId), eq(user.id, cards.userId)))
      .where(and(visible(scope, cards), eq(cards.userId, userId), isNull(cards.revokedAt)))
      .orderBy(desc(memberships.endsOn)).limit(20));
  const today = todayIn(scope.tenant.timeZone, now);
  const card = rows.find((row) => coversToday(row, today)) ?? rows[0];
  if (card === undefined || card.endsOn === null) return null;
  const verifyUrl = `${portalOrigin(scope.tenant, 'member')}${portalPaths.verifyCard(card.code)}`;
  const status: CardStatus = statusOf(card, today);
  return {
    memberName: fullName(card), memberNumber: card.memberNumber ?? '', planTitle: title(card.planCode), validUntil: card.endsOn, status, verifyUrl,
    qrSvg: await qrToString(verifyUrl, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }),
  };
}

function statusOf(card: { status: string; startsOn: string | null; endsOn: string | null }, today: DateOnly): CardStatus {
  if (coversToday(card, today)) return 'valid';
  if (card.status === 'paused' && card.endsOn !== null && card.endsOn > today) return 'paused';
  // a period that lies ahead is not yet good, and not yet over
  return card.startsOn !== null && card.startsOn > today ? 'invalid' : 'expired';
}

/** Whether the card with that code holds today. Says nothing of the person; a code that nobody has looks like a revoked card. */
export async function verifyCard(site: TenantScope, code: string, locale: Locale, now: Date): Promise<CardCheck> {
  const title = await planTitles(site, locale, now);
  // a visitor sees no card at all; holding the code of one is the right to check that one
  const scope = actAsTenant(site, 'cards.verify');
  const [card] = await readTenant(scope, (tx) =>
    tx.select({
      memberNumber: user.memberNumber, planCode: memberships.planCode, status: memberships.status, startsOn: memberships.startsOn, endsOn: memberships.endsOn,
    }).from(cards)
      .innerJoin(memberships, and(eq(memberships.tenantId, cards.tenantId), eq(memberships.id, cards.membershipId)))
      .innerJoin(user, and(eq(user.tenantId, cards.tenantId), eq(user.id, cards.userId)))
      .where(and(visible(scope, cards), eq(cards.code, code), isNull(cards.revokedAt))));
  if (card === undefined || card.memberNumber === null) return unknownCard;
  const status = statusOf(card, todayIn(site.tenant.timeZone, now));
  if (status === 'invalid') return unknownCard;
  return { valid: status === 'valid', status, planTitle: title(card.planCode), validUntil: card.endsOn, memberNumberMasked: masked(card.memberNumber) };
}
