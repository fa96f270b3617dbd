import type { Permission } from '@interdomestik/rules/permissions';
import type { Gate } from '@interdomestik/rules/rule-sets';
import type { StoredRule } from '../editor';

export type FlowName = 'claims' | 'memberships';
export type StoredFlow = StoredRule<'workflows'>['claims'];
export type StoredStep = StoredFlow['transitions'][number];

/** What a workflow of a kind is made of: its states are the product's, and so is what a step may ask. */
interface FlowKind {
  /** Area of its states in the words of statuses. */
  readonly statuses: 'claim' | 'membership';
  readonly may: readonly Permission[];
  readonly gates: readonly Gate[];
}

export const flowKinds: Readonly<Record<FlowName, FlowKind>> = {
  claims: {
    statuses: 'claim', may: ['claims.submit', 'claims.handle'], gates: ['signedAgreement', 'authorisedFee', 'legalCap', 'feeOrNoFeeReason', 'rejectReason'],
  },
  memberships: {
    statuses: 'membership', may: ['system.run', 'cash.collect', 'cash.verify', 'memberships.write', 'memberships.cancel'], gates: ['paymentSucceeded', 'periodEnded', 'graceEnded'],
  },
};

/** A new step, open to those who usually take such steps, with what closing a case always asks. */
export function newStep(name: FlowName, from: string, to: string): StoredStep {
  const gates: Gate[] = name === 'claims' && to === 'rejected' ? ['rejectReason'] : name === 'claims' && to === 'resolved' ? ['feeOrNoFeeReason'] : [];
  return { from, to, anyOf: [name === 'claims' ? 'claims.handle' : 'memberships.write'], gates, requiredDocuments: [], when: null };
}

/** States that a new step may lead to from one: any other without a step already; out of a closed state only back to work. */
export const targetsOf = (flow: StoredFlow, from: string): string[] =>
  flow.states.filter((state) => state !== from && !(flow.closed.includes(from) && flow.closed.includes(state)) && !flow.transitions.some((step) => step.from === from && step.to === state));

/** A list with one entry one place further up or down. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const next = [...list];
  const [entry] = next.splice(index, 1);
  if (entry !== undefined) next.splice(index + by, 0, entry);
  return next;
}
