/** Conditions for people: a field of an editor, the builder without one, and the sentence alone. */
export { ConditionBuilder, ConditionSentence, type ConditionBuilderProps } from './condition-builder';
export { ConditionField } from './condition-field';
