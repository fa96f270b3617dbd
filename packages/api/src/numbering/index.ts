export { takeNumber } from './take-number';
