export { installQueues } from './install';
export { jobKinds } from './kinds';
export { startWorker, type RunningWorker, type WorkerOptions } from './worker';
export { queueMissingPapers } from '../invoices/catch-up';
