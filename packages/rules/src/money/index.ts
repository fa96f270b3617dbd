export * from './money'
export * from './format'
export * from './parse'
export * from './schema'
