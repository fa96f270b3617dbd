export * from './commissions'
