import { invalid, unauthenticated } from '@interdomestik/rules';
import type { Context } from '../context';
import { forgetAttemptsAt, limitAttempts } from '../limits/attempts';
import { atDesk } from './desk';
import { realmOf, type Holder } from './holder';
import { giveCode } from './service';

/** Wrong passwords of one account at this question in a quarter of an hour. */
export const proofLimit = { limit: 5, windowSeconds: 900 } as const;

/**
 * Proves once more who is at the screen: for ten minutes this session may do what needs a fresh proof. A session that still owes its code
 * has to give that first. Throws INVALID for a wrong password or code, RATE_LIMITED after too many.
 */
export async function prove(holder: Holder, proof: { password?: string | undefined; code?: string | undefined }, passwords: Context['passwords'], now: Date): Promise<void> {
  if (holder.needs === 'code') throw unauthenticated();
  if (proof.code !== undefined) return await giveCode(holder, proof.code, now, 'accounts.prove');
  const who = [realmOf(holder), holder.userId];
  await limitAttempts('prove', who, proofLimit);
  const hash = await atDesk(holder, 'accounts.prove', (desk) => desk.passwordHash());
  if (!(await passwords.verify(hash, proof.password ?? ''))) throw invalid('password', 'errors.password.wrong');
  await atDesk(holder, 'accounts.prove', async (desk) => {
    await desk.refreshProof(now);
    await desk.note('PROOF');
  });
  await forgetAttemptsAt('prove', who);
}
