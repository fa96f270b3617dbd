export * from './leads'
