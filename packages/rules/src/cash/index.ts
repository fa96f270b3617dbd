export * from './custody'
