export * from './leads'
export * from './inputs'
