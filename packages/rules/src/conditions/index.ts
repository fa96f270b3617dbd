export { conditionLimits, conditionSchema } from './condition'
export type { Condition, ConditionPart } from './condition'
export * from './evaluate'
export * from './facts'
