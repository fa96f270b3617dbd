export * from './flags'
