export * from './inputs'
