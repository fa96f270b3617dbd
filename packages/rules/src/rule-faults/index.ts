export { onlyOnce, ruleFaults, sameFault } from './faults'
export type { Beside, RuleIssue } from './fault'
export { neededLegalTexts } from './words'
