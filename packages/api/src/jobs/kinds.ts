import { checkTrailJob } from '../audit/check';
import { lapseTransfersJob } from '../bank/lapse';
import { matchStatementJob } from '../bank/match';
import { renderReceiptJob } from '../cash/render';
import { watchCashJob } from '../cash/watch';
import { watchDeadlinesJob } from '../claims/watch';
import { renderClearedJob } from '../clearances/render';
import { submitClearanceJob } from '../clearances/submit';
import { watchClearancesJob } from '../clearances/watch';
import { catchUpCommissionsJob } from '../commissions/catch-up';
import { settleCommissionJob } from '../commissions/settle';
import { renderStatementJob } from '../commissions/statement';
import { sendPayLinkJob } from '../enrolments/pay-link';
import { runErasureJob, watchErasuresJob } from '../erasures/run';
import { runImportJob, tryImportJob, undoImportJob } from '../imports/jobs';
import { remindInstalmentsJob } from '../instalments/remind';
import { renderInvoiceJob } from '../invoices/jobs';
import { sendMailJob } from '../mails';
import { releaseCouponJob } from '../memberships/coupons';
import { watchMembershipsJob } from '../memberships/watch';
import { dailyRecheckJob, recheckJob } from '../receipts/check';
import { nightlyReconcileJob, reconcileJob } from '../reconciliations/run';
import { retentionJob } from '../retention/service';
import { sendRefundJob } from '../refunds/send';
import { watchRefundsJob } from '../refunds/watch';
import { simulateJob } from '../simulation/job';
import { mailMovedJob } from '../transfers/mail-moved';
import { gatherJob } from '../transfers/moves';
import { processEventJob } from '../webhooks/process';
import { sweepInboxJob } from '../webhooks/sweep';
import type { Recurring } from './recurring';
import { runnable, type RunnableJob } from './runnable';

/** Every kind of background work of the product. A queue is made for each when migrations run. */
export const jobKinds: readonly RunnableJob[] = [
  runnable(sendMailJob),
  runnable(processEventJob),
  runnable(sweepInboxJob),
  runnable(renderInvoiceJob),
  runnable(submitClearanceJob),
  runnable(renderClearedJob),
  runnable(watchClearancesJob),
  runnable(renderReceiptJob),
  runnable(watchCashJob),
  runnable(matchStatementJob),
  runnable(lapseTransfersJob),
  runnable(settleCommissionJob),
  runnable(catchUpCommissionsJob),
  runnable(renderStatementJob),
  runnable(sendPayLinkJob),
  runnable(sendRefundJob),
  runnable(watchRefundsJob),
  runnable(releaseCouponJob),
  runnable(watchMembershipsJob),
  runnable(gatherJob),
  runnable(mailMovedJob),
  runnable(watchDeadlinesJob),
  runnable(remindInstalmentsJob),
  runnable(simulateJob),
  runnable(recheckJob),
  runnable(dailyRecheckJob),
  runnable(tryImportJob),
  runnable(runImportJob),
  runnable(undoImportJob),
  runnable(reconcileJob),
  runnable(nightlyReconcileJob),
  runnable(checkTrailJob),
  runnable(runErasureJob),
  runnable(watchErasuresJob),
  runnable(retentionJob),
];

/** Those that come again and again by themselves, for every tenant. */
export const recurringJobs: readonly Recurring[] = [
  { kind: watchDeadlinesJob, everySeconds: 300 },
  { kind: remindInstalmentsJob, everySeconds: 21_600 },
  { kind: catchUpCommissionsJob, everySeconds: 21_600 },
  { kind: watchCashJob, everySeconds: 21_600 },
  { kind: watchClearancesJob, everySeconds: 10_800 },
  { kind: watchRefundsJob, everySeconds: 10_800 },
  { kind: lapseTransfersJob, everySeconds: 21_600 },
  { kind: watchMembershipsJob, everySeconds: 21_600 },
  { kind: dailyRecheckJob, everySeconds: 43_200 },
  { kind: sweepInboxJob, everySeconds: 900 },
  { kind: nightlyReconcileJob, everySeconds: 10_800 },
  { kind: checkTrailJob, everySeconds: 21_600 },
  { kind: watchErasuresJob, everySeconds: 21_600 },
  { kind: retentionJob, everySeconds: 21_600 },
];
