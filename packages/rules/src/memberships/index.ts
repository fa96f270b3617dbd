export * from './standing'
export * from './memberships'
export { assertTransition, nextStates } from '../workflows'
export type { GateFacts, NextState } from '../workflows'
