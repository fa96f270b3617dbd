export * from './columns'
export * from './details'
export * from './match'
export * from './references'
