export * from './condition'
export * from './facts'
