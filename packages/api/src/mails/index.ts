export { isTold, letterheadOf, queueMail, sendMailJob, type Letterhead, type NewMail } from './service';
