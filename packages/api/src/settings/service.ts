import { ruleKinds, ruleToJson, type RuleKind } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { ruleOf } from './rules';

export interface RuleOverview {
  readonly kind: RuleKind;
  readonly version: number;
  readonly source: string;
  /** The document in its stored form: plain JSON, amounts as text in minor units. */
  readonly value: unknown;
}

/** Every rule document of the tenant in force now. */
export async function rulesInForce(scope: TenantScope, now: Date): Promise<RuleOverview[]> {
  return await Promise.all(ruleKinds.map(async (kind) => {
    const rule = await ruleOf(scope, kind, now);
    return { kind, version: rule.version, source: rule.source, value: ruleToJson(rule.value) };
  }));
}
