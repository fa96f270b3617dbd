import { and, desc, eq, inArray } from 'drizzle-orm';
import { acceptedTextKeys, conflict, type AcceptedTextKey, type Locale } from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { consents, memberships, user } from '@interdomestik/db/schema';
import { recordConsents } from '../accounts/new-member';
import { memberOf } from '../memberships/service';
import { publishedTexts } from '../settings/legal-history';
import { ruleOf } from '../settings/rules';
import { legalText, type LegalTextView } from '../site/service';
import { textHash } from '../site/text-hash';

/** A text that has changed since the member accepted it. */
export interface ChangedText {
  readonly key: AcceptedTextKey;
  readonly version: number;
  readonly title: string;
  readonly body: string;
  readonly hash: string;
  /** What the member accepted last; null for one who never did, such as a member of before this system. */
  readonly before: { readonly version: number; readonly title: string; readonly body: string; readonly acceptedAt: Date } | null;
}

interface Given {
  readonly key: string;
  readonly hash: string;
  readonly at: Date;
}

const bound = ['active', 'past_due', 'paused', 'canceled'];

async function acceptedBy(scope: TenantScope, userId: string): Promise<Given[]> {
  return await readTenant(scope, (tx) =>
    tx.select({ key: consents.textKey, hash: consents.textHash, at: consents.createdAt }).from(consents)
      .where(and(eq(consents.tenantId, scope.tenantId), eq(consents.userId, userId), inArray(consents.textKey, [...acceptedTextKeys]), eq(consents.accepted, true)))
      .orderBy(desc(consents.createdAt), desc(consents.id)));
}

async function isBound(scope: TenantScope, userId: string): Promise<boolean> {
  const [row] = await readTenant(scope, (tx) =>
    tx.select({ id: memberships.id }).from(memberships).where(and(visible(scope, memberships), eq(memberships.userId, userId), inArray(memberships.status, bound))).limit(1));
  return row !== undefined;
}

async function withBefore(scope: TenantScope, text: LegalTextView & { readonly key: AcceptedTextKey }, locale: Locale, last: Given | undefined): Promise<ChangedText> {
  const { key, version, title, body, hash } = text;
  if (last === undefined) return { key, version, title, body, hash, before: null };
  const ever = await publishedTexts(scope);
  const accepted = ever.find((one) => one.key === key && one.hash === last.hash);
  // set side by side in the language that is read now, whichever the member read then
  const old = ever.find((one) => one.key === key && one.version === accepted?.version && one.locale === locale) ?? accepted;
  return { key, version, title, body, hash, before: old === undefined ? null : { version: old.version, title: old.title, body: old.body, acceptedAt: last.at } };
}

/**
 * Terms and privacy texts in force that the member has not accepted in any of their languages, with what was accepted before. A membership goes on under
 * what its holder accepted; nobody without one is asked.
 */
export async function changedTexts(scope: TenantScope, locale: Locale, now: Date): Promise<ChangedText[]> {
  const userId = memberOf(scope);
  const [rule, given] = await Promise.all([ruleOf(scope, 'legal', now), acceptedBy(scope, userId)]);
  const open = acceptedTextKeys.filter((key) => {
    const texts = Object.values(rule.value.texts.find((text) => text.key === key)?.texts ?? {});
    return texts.length > 0 && !texts.some((said) => said !== undefined && given.some((one) => one.key === key && one.hash === textHash(said)));
  });
  if (open.length === 0 || !(await isBound(scope, userId))) return [];
  return await Promise.all(open.map(async (key) => {
    const text = await legalText(scope, key, locale, now);
    return await withBefore(scope, { ...text, key }, locale, given.find((one) => one.key === key));
  }));
}

export interface AcceptTextInput {
  readonly key: AcceptedTextKey;
  readonly version: number;
  /** Of the words that the member has read. */
  readonly hash: string;
}

/**
 * Records that the member accepts the text in force, word for word as it was shown. Accepting the same words again records nothing more. Throws CONFLICT when
 * the text is no longer the one that was read.
 */
export async function acceptText(asker: TenantScope, input: AcceptTextInput, locale: Locale, now: Date): Promise<void> {
  const userId = memberOf(asker);
  const scope = inAction(asker, 'privacy.acceptText');
  const text = await legalText(scope, input.key, locale, now);
  if (text.version !== input.version || text.hash !== input.hash) throw conflict('errors.consent.outdated');
  await withTenant(scope, async (tx) => {
    // the lock orders a double click, so that one of the two counts
    await tx.select({ id: user.id }).from(user).where(and(visible(scope, user), eq(user.id, userId))).for('update');
    const [given] = await tx.select({ id: consents.id }).from(consents)
      .where(and(eq(consents.tenantId, scope.tenantId), eq(consents.userId, userId), eq(consents.textKey, text.key), eq(consents.textHash, text.hash), eq(consents.accepted, true))).limit(1);
    if (given === undefined) await recordConsents(tx, scope, userId, locale, [{ text, accepted: true }]);
  });
}
