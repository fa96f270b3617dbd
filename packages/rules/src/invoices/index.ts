export * from './invoices'
