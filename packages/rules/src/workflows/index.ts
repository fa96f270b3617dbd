export * from './workflows'
export * from './faults'
