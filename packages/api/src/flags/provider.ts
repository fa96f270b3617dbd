import { ErrorCode, StandardResolutionReasons, type EvaluationContext, type Provider, type ResolutionDetails } from '@openfeature/server-sdk';
import { isFlagKey } from '@interdomestik/rules';
import { flagsSet } from './memory';

const wrongType = <T>(value: T): Promise<ResolutionDetails<T>> => Promise.resolve({ value, reason: StandardResolutionReasons.ERROR, errorCode: ErrorCode.TYPE_MISMATCH });

/**
 * Switches from `feature_flags`, by the tenant as the targeting key. What nobody has set is on. Answers with the caller's default, and says why, when the tenant is
 * missing, the switch is unknown or the database fails.
 */
export const postgresFlags: Provider = {
  runsOn: 'server',
  metadata: { name: 'postgres' },

  async resolveBooleanEvaluation(key: string, otherwise: boolean, { targetingKey }: EvaluationContext): Promise<ResolutionDetails<boolean>> {
    if (!isFlagKey(key)) return { value: otherwise, reason: StandardResolutionReasons.ERROR, errorCode: ErrorCode.FLAG_NOT_FOUND };
    if (targetingKey === undefined || targetingKey === '') return { value: otherwise, reason: StandardResolutionReasons.ERROR, errorCode: ErrorCode.TARGETING_KEY_MISSING };
    try {
      const set = (await flagsSet(targetingKey)).get(key);
      return { value: set ?? true, reason: set === undefined ? StandardResolutionReasons.STATIC : StandardResolutionReasons.TARGETING_MATCH };
    } catch {
      return { value: otherwise, reason: StandardResolutionReasons.ERROR, errorCode: ErrorCode.GENERAL };
    }
  },
  // every switch of ours is on or off
  resolveStringEvaluation: (_key, otherwise) => wrongType(otherwise),
  resolveNumberEvaluation: (_key, otherwise) => wrongType(otherwise),
  resolveObjectEvaluation: (_key, otherwise) => wrongType(otherwise),
};
