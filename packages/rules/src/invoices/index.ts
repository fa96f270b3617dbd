export * from './credits'
export * from './invoices'
