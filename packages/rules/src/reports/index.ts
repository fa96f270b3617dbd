export * from './definitions'
export * from './fold'
