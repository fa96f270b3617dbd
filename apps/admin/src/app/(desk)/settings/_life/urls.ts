import type { RuleKind } from '@interdomestik/rules/rule-sets';

interface Place {
  readonly branchId?: string | null | undefined;
  /** A version of the history. */
  readonly version?: number | undefined;
  /** The page on which the draft is written. */
  readonly draft?: boolean | undefined;
}

/** The address of a rule: what is in force, a version of it, or its draft; for the country or a branch. */
export function ruleHref(kind: RuleKind, { branchId, version, draft }: Place = {}): string {
  const query = new URLSearchParams();
  if (branchId !== undefined && branchId !== null) query.set('branch', branchId);
  if (version !== undefined) query.set('version', String(version));
  if (draft === true) query.set('draft', '1');
  const text = query.toString();
  return text === '' ? `/settings/${kind}` : `/settings/${kind}?${text}`;
}
