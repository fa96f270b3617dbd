export type AccountKind = 'asset' | 'liability' | 'revenue' | 'expense'
export type Account = {
  readonly code: string
  /** i18n key of the account's name. */
  readonly nameKey: string
  readonly kind: AccountKind
  /** Side on which the account grows. */
  readonly normal: 'debit' | 'credit'
}

function account(code: string, name: string, kind: AccountKind): Account {
  // i18n-keys: common.ledger.accounts.*
  const normal = kind === 'asset' || kind === 'expense' ? 'debit' : 'credit'
  return { code, nameKey: `ledger.accounts.${name}`, kind, normal }
}

/** Chart of accounts of a tenant. Codes are stable: they stand in posted entries for ever. */
export const chartOfAccounts = {
  bank: account('1000', 'bank', 'asset'),
  cashWithAgents: account('1100', 'cashWithAgents', 'asset'),
  cashInBranch: account('1110', 'cashInBranch', 'asset'),
  providerReceivable: account('1200', 'providerReceivable', 'asset'),
  customerReceivable: account('1210', 'customerReceivable', 'asset'),
  vatPayable: account('2000', 'vatPayable', 'liability'),
  providerTax: account('2010', 'providerTax', 'liability'),
  commissionsPayable: account('2100', 'commissionsPayable', 'liability'),
  creditsOwed: account('2300', 'creditsOwed', 'liability'),
  paymentsHeld: account('2150', 'paymentsHeld', 'liability'),
  recoveriesHeld: account('2200', 'recoveriesHeld', 'liability'),
  membershipRevenue: account('4000', 'membershipRevenue', 'revenue'),
  successFeeRevenue: account('4010', 'successFeeRevenue', 'revenue'),
  providerFees: account('5000', 'providerFees', 'expense'),
  commissions: account('5100', 'commissions', 'expense'),
  cashShortage: account('5900', 'cashShortage', 'expense'),
  cashWrittenOff: account('5910', 'cashWrittenOff', 'expense'),
} as const satisfies Readonly<Record<string, Account>>

export type AccountName = keyof typeof chartOfAccounts
export const accountNames = Object.keys(chartOfAccounts).filter(
  (name): name is AccountName => Object.hasOwn(chartOfAccounts, name),
)
