import { renderReceiptJob } from '../cash/render';
import { sendPayLinkJob } from '../enrolments/pay-link';
import { renderInvoiceJob } from '../invoices/jobs';
import { sendMailJob } from '../mails';
import { mailMovedJob } from '../transfers/mail-moved';
import { gatherJob } from '../transfers/moves';
import { processEventJob, watchEventJob } from '../webhooks/process';
import { runnable, type RunnableJob } from './runnable';

/** Every kind of background work of the product. A queue is made for each when migrations run. */
export const jobKinds: readonly RunnableJob[] = [
  runnable(sendMailJob),
  runnable(processEventJob),
  runnable(watchEventJob),
  runnable(renderInvoiceJob),
  runnable(renderReceiptJob),
  runnable(sendPayLinkJob),
  runnable(gatherJob),
  runnable(mailMovedJob),
];
