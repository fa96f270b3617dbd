import { auditRouter } from './audit/router';
import { branchesRouter } from './branches/router';
import { commissionsRouter } from './commissions/router';
import { dashboardRouter } from './dashboard/router';
import { breachesRouter } from './breaches/router';
import { retentionRouter } from './retention/router';
import { erasuresRouter } from './erasures/router';
import { exportsRouter } from './exports/router';
import { flagsRouter } from './flags/router';
import { ledgerRouter } from './ledger/router';
import { leadsRouter } from './leads/router';
import { mailboxRouter } from './mailbox/router';
import { membersRouter } from './members/router';
import { platformRouter } from './platform/router';
import { privacyRouter } from './privacy/router';
import { receiptsRouter } from './receipts/router';
import { reconciliationsRouter } from './reconciliations/router';
import { refundsRouter } from './refunds/router';
import { reportsRouter } from './reports/router';
import { secondFactorRouter } from './second-factor/router';
import { settingsRouter } from './settings/router';
import { simulationRouter } from './simulation/router';
import { staffRouter } from './staff/router';
import { superAdminsRouter } from './super-admins/router';
import { transfersRouter } from './transfers/router';
import { accountsRouter } from './accounts/router';
import { cardsRouter } from './cards/router';
import { membershipsRouter } from './memberships/router';
import { notificationsRouter } from './notifications/router';
import { paymentAccountsRouter } from './payment-accounts/router';
import { paymentsRouter } from './payments/router';
import { plansRouter } from './plans/router';
import { siteRouter } from './site/router';
import { bankRouter } from './bank/router';
import { cashRouter } from './cash/router';
import { claimsRouter } from './claims/router';
import { documentsRouter } from './documents/router';
import { enrolmentsRouter } from './enrolments/router';
import { instalmentsRouter } from './instalments/router';
import { importsRouter } from './imports/router';
import { clearancesRouter } from './clearances/router';
import { invoicesRouter } from './invoices/router';
import { policiesRouter } from './policies/router';
import { webhooksRouter } from './webhooks/router';
import { createCallerFactory, router } from './trpc';

/** Every procedure of the product. Only this file gathers routers. */
export const appRouter = router({
  audit: auditRouter,
  branches: branchesRouter,
  commissions: commissionsRouter,
  dashboard: dashboardRouter,
  erasures: erasuresRouter,
  breaches: breachesRouter,
  retention: retentionRouter,
  exports: exportsRouter,
  flags: flagsRouter,
  ledger: ledgerRouter,
  leads: leadsRouter,
  mailbox: mailboxRouter,
  members: membersRouter,
  platform: platformRouter,
  privacy: privacyRouter,
  receipts: receiptsRouter,
  reconciliations: reconciliationsRouter,
  refunds: refundsRouter,
  reports: reportsRouter,
  secondFactor: secondFactorRouter,
  settings: settingsRouter,
  simulation: simulationRouter,
  staff: staffRouter,
  superAdmins: superAdminsRouter,
  transfers: transfersRouter,
  accounts: accountsRouter,
  cards: cardsRouter,
  memberships: membershipsRouter,
  notifications: notificationsRouter,
  payments: paymentsRouter,
  paymentAccounts: paymentAccountsRouter,
  plans: plansRouter,
  site: siteRouter,
  bank: bankRouter,
  cash: cashRouter,
  enrolments: enrolmentsRouter,
  instalments: instalmentsRouter,
  imports: importsRouter,
  invoices: invoicesRouter,
  clearances: clearancesRouter,
  claims: claimsRouter,
  documents: documentsRouter,
  policies: policiesRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in process, for server components, jobs and tests. */
export const createCaller = createCallerFactory(appRouter);
