export * from './payments'
export * from './provider-events'
