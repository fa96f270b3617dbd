export * from './numbering'
