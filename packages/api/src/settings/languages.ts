import { DomainError, isLocale, type Locale } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { ruleOf } from './rules';

export interface Languages {
  readonly offered: readonly Locale[];
  readonly default: Locale;
}

/** The languages of the tenant's own row: what its country pack said when it was made. */
function atBirth({ locales, defaultLocale }: Pick<TenantScope['tenant'], 'locales' | 'defaultLocale'>): Languages {
  const offered = locales.filter(isLocale);
  return { offered, default: isLocale(defaultLocale) ? defaultLocale : (offered[0] ?? 'en') };
}

/** The languages that a tenant offers now, by its rule; while it is being made and has none yet, those of its pack. As with `ruleOf`, never inside a transaction. */
export async function languagesOf(scope: TenantScope, now: Date): Promise<Languages> {
  try {
    return (await ruleOf(scope, 'languages', now)).value;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UNAVAILABLE') return atBirth(scope.tenant);
    throw error;
  }
}
