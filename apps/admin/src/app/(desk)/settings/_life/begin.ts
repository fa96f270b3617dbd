import { readOver, readRule, ruleToJson, type RuleKind } from '@interdomestik/rules/rule-sets';
import type { KindAnswer } from './types';

/**
 * The whole document that a new draft begins from: the newest published version, which may be one whose time has not come, so that its
 * change is not undone by the next one. A branch without a version of its own begins from the country's document.
 */
export function beginOf(kind: RuleKind, branchId: string | null, { inForce, newest }: Pick<KindAnswer, 'inForce' | 'newest'>, tenantValue: unknown): unknown {
  if (newest === null) return branchId === null ? inForce.value : tenantValue;
  const reading = branchId === null ? readRule(kind, newest.value) : readOver(kind, tenantValue, newest.value);
  return reading.ok ? ruleToJson(reading.value) : inForce.value;
}
