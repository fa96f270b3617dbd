export * from './inputs'
export * from './second-factor'
