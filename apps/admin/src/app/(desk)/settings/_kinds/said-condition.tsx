'use client';
import type { Condition } from '@interdomestik/rules/conditions';
import { ConditionSentence } from '../_editors/condition';

const choices = { languages: [], currencies: [], plans: [], branches: [] };

/** A claim's condition as a sentence, where no editor stands around it. */
export function SaidCondition({ value }: { value: Condition | null }) {
  return <ConditionSentence context="claim" value={value} choices={choices} />;
}
