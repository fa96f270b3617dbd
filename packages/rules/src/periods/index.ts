export * from './date-only'
export * from './period'
export * from './zone'
