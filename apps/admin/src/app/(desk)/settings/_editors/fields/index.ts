/**
 * The parts that editors of rules are made of. Each stands at a path of the document, and brings what is wrong there, why the value
 * is what it is and, for a branch, the way back to the country's value.
 */
export { AmountsField } from './amounts-field';
export { ChoiceField, ManyField, RadioField, ToggleField } from './choice-fields';
export { FieldLifeContext, fieldId, useFieldLife, useRuleValue, type FieldLife } from './field-life';
export { LocalizedField } from './localized-field';
export { RuleField, type RuleFieldProps } from './rule-field';
export { NumberField, NumbersField, PercentField, TextField } from './typed-fields';
