export * from './erasure'
export * from './retention'
export * from './breach'
