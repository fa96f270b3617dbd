import { and, desc, eq, isNull } from 'drizzle-orm';
import { isDomainError, locales, parseRule, type LegalTextKey, type Locale } from '@interdomestik/rules';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { textHash } from '../site/text-hash';

/** A legal text in one language as a published rule version has it. */
export interface PublishedText {
  readonly key: LegalTextKey;
  /** The text's own version, which people accept. */
  readonly version: number;
  readonly locale: Locale;
  readonly title: string;
  readonly body: string;
  readonly hash: string;
  /** Version of the rule document that it stands in. */
  readonly ruleVersion: number;
  readonly from: Date | null;
}

/** The texts of a stored document; nothing of one that can no longer be read, so that an old fault hides no other proof. */
function textsOf(row: { readonly version: number; readonly value: unknown; readonly effectiveFrom: Date | null }): PublishedText[] {
  try {
    return parseRule('legal', row.value).texts.flatMap(({ key, version, texts }) =>
      locales.flatMap((locale) => {
        const said = texts[locale];
        return said === undefined ? [] : [{ key, version, locale, ...said, hash: textHash(said), ruleVersion: row.version, from: row.effectiveFrom }];
      }));
  } catch (error) {
    if (isDomainError(error)) return [];
    throw error;
  }
}

/** Every legal text that was ever published, newest first. */
export async function publishedTexts(scope: TenantScope): Promise<PublishedText[]> {
  const rows = await readTenant(scope, (tx) =>
    tx.select({ version: tenantSettings.version, value: tenantSettings.value, effectiveFrom: tenantSettings.effectiveFrom }).from(tenantSettings)
      .where(and(eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.kind, 'legal'), isNull(tenantSettings.branchId), eq(tenantSettings.status, 'published')))
      .orderBy(desc(tenantSettings.version)));
  return rows.flatMap(textsOf);
}
