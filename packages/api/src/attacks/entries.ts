import { accountsAttacks } from '../accounts/accounts.attack';
import { auditAttacks } from '../audit/audit.attack';
import { bankAttacks } from '../bank/bank.attack';
import { branchesAttacks } from '../branches/branches.attack';
import { breachesAttacks } from '../breaches/breaches.attack';
import { cardsAttacks } from '../cards/cards.attack';
import { cashAttacks } from '../cash/cash.attack';
import { claimsAttacks } from '../claims/claims.attack';
import { commissionsAttacks } from '../commissions/commissions.attack';
import { dashboardAttacks } from '../dashboard/dashboard.attack';
import { documentsAttacks } from '../documents/documents.attack';
import { enrolmentsAttacks } from '../enrolments/enrolments.attack';
import { erasuresAttacks } from '../erasures/erasures.attack';
import { flagsAttacks } from '../flags/flags.attack';
import { importsAttacks } from '../imports/imports.attack';
import { instalmentsAttacks } from '../instalments/instalments.attack';
import { clearancesAttacks } from '../clearances/clearances.attack';
import { invoicesAttacks } from '../invoices/invoices.attack';
import { leadsAttacks } from '../leads/leads.attack';
import { ledgerAttacks } from '../ledger/ledger.attack';
import { mailboxAttacks } from '../mailbox/mailbox.attack';
import { membersAttacks } from '../members/members.attack';
import { membershipsAttacks } from '../memberships/memberships.attack';
import { notificationsAttacks } from '../notifications/notifications.attack';
import { paymentAccountsAttacks } from '../payment-accounts/payment-accounts.attack';
import { paymentsAttacks } from '../payments/payments.attack';
import { plansAttacks } from '../plans/plans.attack';
import { platformAttacks } from '../platform/platform.attack';
import { policiesAttacks } from '../policies/policies.attack';
import { privacyAttacks } from '../privacy/privacy.attack';
import { receiptsAttacks } from '../receipts/receipts.attack';
import { reconciliationsAttacks } from '../reconciliations/reconciliations.attack';
import { refundsAttacks } from '../refunds/refunds.attack';
import { exportsAttacks } from '../exports/exports.attack';
import { reportsAttacks } from '../reports/reports.attack';
import { retentionAttacks } from '../retention/retention.attack';
import { secondFactorAttacks } from '../second-factor/second-factor.attack';
import { settingsAttacks } from '../settings/settings.attack';
import { simulationAttacks } from '../simulation/simulation.attack';
import { siteAttacks } from '../site/site.attack';
import { staffAttacks } from '../staff/staff.attack';
import { superAdminsAttacks } from '../super-admins/super-admins.attack';
import { transfersAttacks } from '../transfers/transfers.attack';
import { webhooksAttacks } from '../webhooks/webhooks.attack';
import type { Attack, AttacksOn, Inputs } from './attack';

const byNoun: { readonly [Noun in keyof Inputs]?: AttacksOn<Noun> } = {
  accounts: accountsAttacks,
  audit: auditAttacks,
  bank: bankAttacks,
  branches: branchesAttacks,
  breaches: breachesAttacks,
  cards: cardsAttacks,
  cash: cashAttacks,
  claims: claimsAttacks,
  commissions: commissionsAttacks,
  dashboard: dashboardAttacks,
  documents: documentsAttacks,
  enrolments: enrolmentsAttacks,
  erasures: erasuresAttacks,
  flags: flagsAttacks,
  imports: importsAttacks,
  instalments: instalmentsAttacks,
  invoices: invoicesAttacks,
  clearances: clearancesAttacks,
  leads: leadsAttacks,
  ledger: ledgerAttacks,
  mailbox: mailboxAttacks,
  members: membersAttacks,
  memberships: membershipsAttacks,
  notifications: notificationsAttacks,
  payments: paymentsAttacks,
  paymentAccounts: paymentAccountsAttacks,
  plans: plansAttacks,
  platform: platformAttacks,
  policies: policiesAttacks,
  privacy: privacyAttacks,
  receipts: receiptsAttacks,
  reconciliations: reconciliationsAttacks,
  refunds: refundsAttacks,
  retention: retentionAttacks,
  exports: exportsAttacks,
  reports: reportsAttacks,
  secondFactor: secondFactorAttacks,
  settings: settingsAttacks,
  simulation: simulationAttacks,
  site: siteAttacks,
  staff: staffAttacks,
  superAdmins: superAdminsAttacks,
  transfers: transfersAttacks,
  webhooks: webhooksAttacks,
};

/** Every entry by the whole name of its procedure, without the type of its input. */
export const attacks: ReadonlyMap<string, Attack> = new Map(
  Object.entries(byNoun).flatMap(([noun, entries]) => Object.entries(entries as Readonly<Record<string, Attack>>).map(([name, attack]) => [`${noun}.${name}`, attack] as const)),
);
