/** Where a draft stands on its way, and the one thing to do next. Pure. */

export const lifeSteps = ['draft', 'checked', 'tried', 'approved', 'published'] as const;
export type LifeStep = (typeof lifeSteps)[number];

/** The next action, which is the one primary button. `wait`: somebody else's turn. */
export type NextAction = 'save' | 'fix' | 'check' | 'try' | 'approve' | 'wait' | 'publish';

export interface Standing {
  readonly state: 'draft' | 'validated' | 'approved' | null;
  /** Something is typed that is not saved. */
  readonly dirty: boolean;
  /** Something is wrong with the document. */
  readonly faulty: boolean;
  /** Exactly this document was tried on the past. */
  readonly simulated: boolean;
  readonly needs: { readonly secondPerson: boolean; readonly simulation: boolean };
  /** Whether the person at the screen may approve: did not write it. */
  readonly second: boolean;
}

/** The steps that this draft has to pass; those that nobody demands are left out. */
export function stepsOf({ needs }: Pick<Standing, 'needs'>): LifeStep[] {
  return lifeSteps.filter((step) => (step === 'tried' ? needs.simulation : step === 'approved' ? needs.secondPerson : true));
}

/** What to do next with a draft. */
export function nextAction({ state, dirty, faulty, simulated, needs, second }: Standing): NextAction {
  if (state === null || dirty) return 'save';
  if (faulty) return 'fix';
  if (state === 'draft') return 'check';
  if (needs.simulation && !simulated) return 'try';
  if (needs.secondPerson && state !== 'approved') return second ? 'approve' : 'wait';
  return 'publish';
}

/** The step that stands open. */
export function currentStep(standing: Standing): LifeStep {
  const next = nextAction(standing);
  if (next === 'save' || next === 'fix') return 'draft';
  return next === 'check' ? 'checked' : next === 'try' ? 'tried' : next === 'publish' ? 'published' : 'approved';
}
