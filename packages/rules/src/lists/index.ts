export * from './cursor'
export * from './inputs'
