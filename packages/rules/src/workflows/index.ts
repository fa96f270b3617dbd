export * from './workflows'
