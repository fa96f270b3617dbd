export * from './clearance'
export * from './credits'
export * from './invoices'
