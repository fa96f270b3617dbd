export * from './inputs'
export * from './members'
