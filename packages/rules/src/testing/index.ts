export * from './conditions'
