export * from './accounts'
export * from './posting'
