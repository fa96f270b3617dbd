import { and, desc, eq } from 'drizzle-orm';
import { acceptedTextKeys, conflict, type LegalTextKey, type Locale } from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { consents, user } from '@interdomestik/db/schema';
import { recordConsents } from '../accounts/new-member';
import { memberOf } from '../memberships/service';
import { publishedTexts } from '../settings/legal-history';
import { legalText } from '../site/service';

/** What a member may agree to and take back at any time: nothing of the contract depends on it. */
export const freeConsents = ['consentMarketing'] as const satisfies readonly LegalTextKey[];
const asked = [...acceptedTextKeys, ...freeConsents];
type Asked = (typeof asked)[number];

/** One text that a member was asked for, as it stands, and everything that was said before. */
export interface OwnConsent {
  readonly key: Asked;
  readonly title: string;
  readonly body: string;
  /** Null: never said anything. */
  readonly accepted: boolean | null;
  readonly free: boolean;
  /** Of the words as they are now, for whoever agrees to them. */
  readonly version: number;
  readonly hash: string;
  /** Newest first. `version`: of the text that was said yes or no to; null where no published version has its words. */
  readonly history: readonly { readonly id: string; readonly at: Date; readonly accepted: boolean; readonly version: string; readonly title: string | null }[];
}

/** What the member has agreed to, with version and time, and what can be taken back. */
export async function ownConsents(scope: TenantScope, locale: Locale, now: Date): Promise<OwnConsent[]> {
  const me = memberOf(scope);
  const given = await readTenant(scope, (tx) => tx.select().from(consents).where(and(eq(consents.tenantId, scope.tenantId), eq(consents.userId, me))).orderBy(desc(consents.createdAt), desc(consents.id)).limit(300));
  const ever = await publishedTexts(scope);
  return await Promise.all(asked.map(async (key) => {
    const text = await legalText(scope, key, locale, now);
    const own = given.filter(({ textKey }) => textKey === key);
    const free = freeConsents.some((one) => one === key);
    return {
      key, title: text.title, body: free ? text.body : '', accepted: own[0]?.accepted ?? null, free, version: text.version, hash: text.hash,
      history: own.map(({ id, createdAt, accepted, textVersion, textHash }) => ({ id, at: createdAt, accepted, version: textVersion, title: ever.find((one) => one.key === key && one.hash === textHash)?.title ?? null })),
    };
  }));
}

export interface FreeConsentInput {
  readonly key: (typeof freeConsents)[number];
  readonly accepted: boolean;
  readonly version: number;
  readonly hash: string;
}

/**
 * The member agrees to what is free, or takes it back: a new line of the history, at once and without a reason. Saying the same again records nothing. Throws CONFLICT where what is agreed to is no longer what
 * was read; taking back needs no reading.
 */
export async function sayConsent(asker: TenantScope, input: FreeConsentInput, locale: Locale, now: Date): Promise<void> {
  const me = memberOf(asker);
  const scope = inAction(asker, 'privacy.sayConsent');
  const text = await legalText(scope, input.key, locale, now);
  if (input.accepted && (text.version !== input.version || text.hash !== input.hash)) throw conflict('errors.consent.outdated');
  await withTenant(scope, async (tx) => {
    // the lock orders a double click, so that one of the two counts
    await tx.select({ id: user.id }).from(user).where(and(visible(scope, user), eq(user.id, me))).for('update');
    const [last] = await tx.select({ accepted: consents.accepted, hash: consents.textHash }).from(consents)
      .where(and(eq(consents.tenantId, scope.tenantId), eq(consents.userId, me), eq(consents.textKey, input.key))).orderBy(desc(consents.createdAt), desc(consents.id)).limit(1);
    if (last !== undefined && last.accepted === input.accepted && (!input.accepted || last.hash === text.hash)) return;
    await recordConsents(tx, scope, me, locale, [{ text, accepted: input.accepted }]);
  });
}
