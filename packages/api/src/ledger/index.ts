export { balanceOfAccount, post, type Posting } from './service';
