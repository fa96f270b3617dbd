export * from './account-inputs'
export * from './payments'
export * from './provider-events'
export * from './reconcile'
