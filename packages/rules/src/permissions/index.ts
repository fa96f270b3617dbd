export * from './roles'
export * from './table'
export * from './permissions'
export * from './posts'
