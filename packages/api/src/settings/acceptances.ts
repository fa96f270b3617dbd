import { and, countDistinct, desc, eq, exists, inArray, max, min, sql } from 'drizzle-orm';
import { forbidden, fullName, isAcceptedText, isLocale, notFound, type LegalTextKey, type Locale } from '@interdomestik/rules';
import { readTenant, scopeFor, visible, type TenantScope } from '@interdomestik/db';
import { consents, memberships, user } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { publishedTexts } from './legal-history';
import { ruleOf } from './rules';
import { textHash } from '../site/text-hash';

/** How many people said yes or no to one version of a text. */
export interface VersionAcceptances {
  readonly version: number;
  /** When it was first in force; null for a version that only consents name. */
  readonly from: Date | null;
  readonly languages: Locale[];
  readonly accepted: number;
  readonly declined: number;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

/** Memberships whose holder is bound by the texts. */
const running = ['active', 'past_due', 'paused', 'canceled'];

const hashesOf = (texts: Readonly<Record<string, { readonly title: string; readonly body: string } | undefined>>): string[] =>
  Object.values(texts).flatMap((said) => (said === undefined ? [] : [textHash(said)]));

async function countsOf(scope: TenantScope, key: LegalTextKey) {
  return await readTenant(scope, (tx) =>
    tx.select({
      version: consents.textVersion, firstAt: min(consents.createdAt), lastAt: max(consents.createdAt),
      accepted: sql<number>`count(distinct ${consents.userId}) filter (where ${consents.accepted})::int`,
      declined: sql<number>`count(distinct ${consents.userId}) filter (where not ${consents.accepted})::int`,
    }).from(consents).where(and(eq(consents.tenantId, scope.tenantId), eq(consents.textKey, key))).groupBy(consents.textVersion));
}

/** Of the members of today, how many there are and how many have accepted the text in force. */
async function reachedOf(scope: TenantScope, key: LegalTextKey, hashes: readonly string[]): Promise<{ members: number; accepted: number }> {
  const [row] = await readTenant(scope, (tx) => {
    const held = (accepting: boolean) => tx.select({ count: countDistinct(memberships.userId) }).from(memberships).where(and(
      visible(scope, memberships), inArray(memberships.status, running),
      !accepting ? undefined : exists(tx.select({ one: sql`1` }).from(consents).where(and(
        eq(consents.tenantId, memberships.tenantId), eq(consents.userId, memberships.userId), eq(consents.textKey, key), eq(consents.accepted, true), inArray(consents.textHash, [...hashes]),
      ))),
    ));
    return tx.select({ members: sql<number>`(${held(false)})::int`, accepted: sql<number>`(${held(true)})::int` }).from(sql`(values (1)) as one`);
  });
  return row ?? { members: 0, accepted: 0 };
}

/**
 * Who is bound by which version of a legal text, in numbers: each version that was ever published with those who accepted it, and how many of
 * today's members have accepted the one in force (null for texts that nobody is asked again about). Throws NOT_FOUND for a text that the tenant does not have.
 */
export async function acceptancesOf(scope: TenantScope, key: LegalTextKey, now: Date) {
  const rule = await ruleOf(scope, 'legal', now);
  const current = rule.value.texts.find((text) => text.key === key);
  if (current === undefined) throw notFound();
  const [published, counts] = await Promise.all([publishedTexts(scope), countsOf(scope, key)]);
  const own = published.filter((text) => text.key === key);
  const numbers = [...new Set([...own.map(({ version }) => version), ...counts.map(({ version }) => Number(version)), current.version])].filter(Number.isInteger).toSorted((a, b) => b - a);
  const versions = numbers.map((version): VersionAcceptances => {
    const texts = own.filter((text) => text.version === version);
    const given = counts.find((one) => one.version === String(version));
    return {
      version, from: texts.at(-1)?.from ?? null, languages: [...new Set(texts.map(({ locale }) => locale))], accepted: given?.accepted ?? 0, declined: given?.declined ?? 0,
      firstAt: given?.firstAt ?? null, lastAt: given?.lastAt ?? null,
    };
  });
  const reached = isAcceptedText(key) ? await reachedOf(scope, key, hashesOf(current.texts)) : null;
  return { key, current: current.version, newest: numbers[0] ?? current.version, versions, reached };
}

export interface AcceptanceListInput {
  readonly key: LegalTextKey;
  readonly version: number;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/**
 * Who accepted or declined a version of a text, when, in which language and to which words, newest first: the proof. Names are personal data, so that
 * the reader must also hold `members.read`, and sees the members in its reach. Throws FORBIDDEN otherwise.
 */
export async function listAcceptances(asker: TenantScope, { key, version, cursor, limit }: AcceptanceListInput) {
  const scope = scopeFor(asker, 'members.read');
  if (scope === null) throw forbidden();
  const rows = await readTenant(scope, (tx) =>
    tx.select({
      id: consents.id, memberId: user.id, firstName: user.firstName, lastName: user.lastName, memberNumber: user.memberNumber, acceptedAt: consents.createdAt, locale: consents.locale,
      accepted: consents.accepted, hash: consents.textHash, at: exactInstant(consents.createdAt),
    }).from(consents).innerJoin(user, and(visible(scope, user), eq(user.id, consents.userId)))
      .where(and(eq(consents.tenantId, scope.tenantId), eq(consents.textKey, key), eq(consents.textVersion, String(version)), olderThan(consents.createdAt, consents.id, cursor)))
      .orderBy(desc(consents.createdAt), desc(consents.id)).limit(limit + 1));
  const page = newestPage(rows, limit);
  return { ...page, items: page.items.map(({ firstName, lastName, locale, ...row }) => ({ ...row, name: fullName({ firstName, lastName }), locale: isLocale(locale) ? locale : null })) };
}

/** The words behind a consent: the text of that hash as it was published. Throws NOT_FOUND when no published version has it. */
export async function acceptedText(scope: TenantScope, input: { readonly key: LegalTextKey; readonly hash: string }) {
  const text = (await publishedTexts(scope)).find(({ key, hash }) => key === input.key && hash === input.hash);
  if (text === undefined) throw notFound();
  return text;
}
