import { addDays, formatDate, type Locale } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { isTold, queueMail, type Letterhead } from '../mails';
import { notify } from '../notifications';
import { portalOrigin, portalPaths } from '../site/origins';
import type { Activation } from './activate';

export interface Announcement {
  readonly activation: Activation;
  /** What caused it, as the stem of the effects' unique keys. */
  readonly effect: string;
  readonly person: { readonly id: string; readonly firstName: string; readonly email: string | null; readonly locale: Locale };
  readonly planTitle: string;
  readonly letterhead: Letterhead;
}

/** Tells a member that the membership is active: a notification, and a welcome mail when there is an address. */
export async function announceActivation(tx: Tx, scope: TenantScope, { activation, effect, person, planTitle, letterhead }: Announcement): Promise<void> {
  const { memberNumber, period, renewed } = activation;
  // a period ends before its end; people read the last day that counts
  const until = formatDate(addDays(period.end, -1));
  if (isTold(letterhead, 'membership.activated', 'in_app')) await notify(tx, scope, {
    userId: person.id, kind: renewed ? 'membership.renewed' : 'membership.activated', params: { number: memberNumber, until }, href: portalPaths.card, effectKey: `${effect}:activated`,
  });
  if (person.email === null || !isTold(letterhead, 'membership.activated', 'mail')) return;
  await queueMail(tx, scope, {
    template: 'welcome-membership', to: { email: person.email, userId: person.id }, locale: person.locale, letterhead, effectKey: `${effect}:welcome`,
    params: { name: person.firstName, number: memberNumber, plan: planTitle, period, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.card}` },
  });
}
