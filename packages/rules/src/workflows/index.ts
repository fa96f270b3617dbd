export * from './workflows'
export * from './faults'
export * from './states'
