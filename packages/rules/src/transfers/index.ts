export * from './inputs'
export * from './transfers'
