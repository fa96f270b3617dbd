export * from './transfers'
