export * from './accounts'
export * from './closing'
export * from './posting'
