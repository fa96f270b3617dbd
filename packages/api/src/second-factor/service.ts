import { z } from 'zod';
import { demoSecondFactorSecret, DomainError, invalid, isRecoveryCode, unauthenticated } from '@interdomestik/rules';
import { toString as qrToString } from 'qrcode';
import { env } from '../env';
import { forgetAttemptsAt, limitAttempts } from '../limits/attempts';
import { letterheadOf } from '../mails';
import { ruleOf } from '../settings/rules';
import { open, openJson, seal, sealJson } from '../vendors/secrets';
import { atDesk, type Factor } from './desk';
import { assertFresh, realmOf, type Holder } from './holder';
import { tellPerson } from './notice';
import { newRecoveryCodes, recoveryHash } from './recovery';
import { newSecret, nextGoodCode, otpauthUri, stepOf } from './totp';

/** Wrong codes of one account in a quarter of an hour, over all its browsers and all processes. */
export const codeLimit = { limit: 5, windowSeconds: 900 } as const;
const ticketMinutes = 15;

const ticketSchema = z.object({ purpose: z.literal('second-factor'), secret: z.string(), userId: z.string(), sessionId: z.string(), until: z.number() });

export interface SecondFactorState {
  readonly needs: 'code' | 'setup' | null;
  readonly firstName: string;
  /** An authenticator app is set up. */
  readonly on: boolean;
  /** It cannot be switched off. */
  readonly required: boolean;
  readonly recoveryCodesLeft: number;
  /** A demo account: everybody knows its secret. Never in production. */
  readonly demo: boolean;
  /** The code of a demo account that is good now; null for every real one, and until the next one is good. */
  readonly demoCode: string | null;
}

const isDemo = (secret: string): boolean => env.APP_ENV !== 'production' && secret === demoSecondFactorSecret;
/** A secret that everybody knows keeps nobody out. */
const isWorthless = (secret: string): boolean => env.APP_ENV === 'production' && secret === demoSecondFactorSecret;

/** The portal of the browser; outside tenants nobody is told by mail. */
const appOf = (holder: Holder): 'member' | 'admin' => (holder.kind === 'tenant' ? holder.app : 'admin');

async function isRequired(holder: Holder, now: Date): Promise<boolean> {
  if (holder.kind === 'platform') return true;
  // who works here may not drop it in the member portal either
  const staff = holder.app === 'admin' || (await atDesk(holder, 'secondFactor.state', (desk) => desk.worksHere()));
  return staff && (await ruleOf(holder.scope, 'limits', now)).value.secondFactor === 'required';
}

/** Where somebody stands with the second factor. Secrets are never part of it. */
export async function describeSecondFactor(holder: Holder, now: Date): Promise<SecondFactorState> {
  const [required, { factor, left }] = await Promise.all([
    isRequired(holder, now),
    atDesk(holder, 'secondFactor.state', async (desk) => ({ factor: await desk.factor(), left: await desk.recoveryCodesLeft() })),
  ]);
  const secret = factor === null ? null : open(factor.secret, realmOf(holder));
  const demo = secret !== null && isDemo(secret);
  return {
    needs: holder.needs, firstName: holder.firstName, on: factor !== null, required, recoveryCodesLeft: left,
    demo, demoCode: demo && factor !== null ? nextGoodCode(secret, now, factor.lastStep) : null,
  };
}

/** Only somebody who may choose the second factor: signed in, or led to set the first one up. A code that is owed is given first. */
function assertMayChoose(holder: Holder, now: Date): void {
  if (holder.needs === 'code') throw unauthenticated();
  assertFresh(holder.verifiedAt, now);
}

/**
 * Begins the set-up: a new secret as text and as QR code, shown this once, and a ticket that brings it back. Nothing is stored yet, so a set-up that is
 * left half done changes nothing. Throws FORBIDDEN without a fresh proof.
 */
export async function beginSecondFactor(holder: Holder, now: Date): Promise<{ secret: string; qrSvg: string; ticket: string }> {
  assertMayChoose(holder, now);
  const secret = newSecret();
  const issuer = holder.kind === 'tenant' ? holder.scope.tenant.name : 'Interdomestik';
  const { userId, sessionId } = holder;
  const ticket = sealJson({ purpose: 'second-factor', secret, userId, sessionId, until: now.getTime() + ticketMinutes * 60_000 }, realmOf(holder));
  const qrSvg = await qrToString(otpauthUri(secret, issuer, holder.email ?? holder.firstName), { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
  return { secret, qrSvg, ticket };
}

function secretOf(ticket: string, holder: Holder, now: Date): string {
  const expired = invalid('code', 'errors.secondFactor.expired');
  try {
    const { secret, userId, sessionId, until } = openJson(ticketSchema, ticket, realmOf(holder));
    if (userId !== holder.userId || sessionId !== holder.sessionId || until < now.getTime()) throw expired;
    return secret;
  } catch {
    throw expired;
  }
}

/**
 * Ends the set-up with a first code of the app: from now on it is asked for, all other browsers are signed out, and the recovery codes are
 * given this once. Throws INVALID for a wrong code or a ticket of another session, RATE_LIMITED after too many.
 */
export async function confirmSecondFactor(holder: Holder, input: { ticket: string; code: string }, now: Date): Promise<{ recoveryCodes: string[] }> {
  if (holder.needs === 'code') throw unauthenticated();
  const secret = secretOf(input.ticket, holder, now);
  const realm = realmOf(holder);
  await limitAttempts('second-factor', [realm, holder.userId], codeLimit);
  const step = stepOf(secret, input.code, now, null);
  if (step === null) throw invalid('code', 'errors.secondFactor.wrong');
  const codes = newRecoveryCodes();
  const letterhead = holder.kind === 'tenant' ? await letterheadOf(holder.scope, now) : null;
  await atDesk(holder, 'secondFactor.confirm', async (desk, tenant) => {
    await desk.install(seal(secret, realm), step);
    await desk.replaceRecoveryCodes(codes.map((code) => recoveryHash(realm, holder.userId, code)));
    await desk.openSession(now);
    await desk.endOtherSessions(now);
    await desk.note('SECOND_FACTOR_ON');
    await tellPerson(tenant, letterhead, { userId: holder.userId, event: 'second_factor_on', app: appOf(holder), now });
  });
  await forgetAttemptsAt('second-factor', [realm, holder.userId]);
  return { recoveryCodes: codes };
}

/** True when the code is right and was not used before; it is used up. */
async function redeem(holder: Holder, factor: Factor, code: string, action: string, now: Date): Promise<boolean> {
  const realm = realmOf(holder);
  const recovery = isRecoveryCode(code);
  const secret = open(factor.secret, realm);
  const step = recovery || isWorthless(secret) ? null : stepOf(secret, code, now, factor.lastStep);
  const letterhead = holder.kind === 'tenant' && recovery ? await letterheadOf(holder.scope, now) : null;
  return await atDesk(holder, action, async (desk, tenant) => {
    const right = recovery ? await desk.useRecoveryCode(recoveryHash(realm, holder.userId, code), now) : step !== null && (await desk.useStep(factor.secret, step));
    await desk.note(right ? (recovery ? 'RECOVERY_CODE_USED' : 'SECOND_FACTOR') : 'SECOND_FACTOR_FAILED');
    if (!right) return false;
    await desk.openSession(now);
    if (recovery) await tellPerson(tenant, letterhead, { userId: holder.userId, event: 'recovery_code_used', app: appOf(holder), now });
    return true;
  });
}

/**
 * Gives the second factor: a code of the app or a recovery code opens this session and no other. A recovery code is told to the person by mail.
 * Throws INVALID `errors.secondFactor.wrong` for a wrong or used one, RATE_LIMITED after five in a quarter of an hour.
 */
export async function giveCode(holder: Holder, code: string, now: Date, action = 'secondFactor.verify'): Promise<void> {
  const who = [realmOf(holder), holder.userId];
  await limitAttempts('second-factor', who, codeLimit);
  const factor = await atDesk(holder, action, (desk) => desk.factor());
  if (factor === null || !(await redeem(holder, factor, code, action, now))) throw invalid('code', 'errors.secondFactor.wrong');
  await forgetAttemptsAt('second-factor', who);
}

/** New recovery codes in place of all earlier ones, given this once. Throws FORBIDDEN without a fresh proof, INVALID without an app. */
export async function renewRecoveryCodes(holder: Holder, now: Date): Promise<{ recoveryCodes: string[] }> {
  if (holder.needs !== null) throw unauthenticated();
  assertFresh(holder.verifiedAt, now);
  const codes = newRecoveryCodes();
  await atDesk(holder, 'secondFactor.recoveryCodes', async (desk) => {
    if ((await desk.factor()) === null) throw new DomainError('INVALID', 'errors.secondFactor.off');
    await desk.replaceRecoveryCodes(codes.map((code) => recoveryHash(realmOf(holder), holder.userId, code)));
    await desk.note('RECOVERY_CODES_RENEWED');
  });
  return { recoveryCodes: codes };
}

/** Switches the own second factor off. Throws FORBIDDEN without a fresh proof, and where the tenant requires it. */
export async function removeSecondFactor(holder: Holder, now: Date): Promise<void> {
  if (holder.needs !== null) throw unauthenticated();
  assertFresh(holder.verifiedAt, now);
  if (await isRequired(holder, now)) throw new DomainError('FORBIDDEN', 'errors.secondFactor.required');
  const letterhead = holder.kind === 'tenant' ? await letterheadOf(holder.scope, now) : null;
  await atDesk(holder, 'secondFactor.remove', async (desk, tenant) => {
    await desk.remove();
    await desk.endOtherSessions(now);
    await desk.note('SECOND_FACTOR_OFF');
    await tellPerson(tenant, letterhead, { userId: holder.userId, event: 'second_factor_off', app: appOf(holder), now });
  });
}
