export * from './ages'
export * from './definitions'
export * from './fold'
