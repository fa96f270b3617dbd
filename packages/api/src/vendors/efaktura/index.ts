export { createEfakturaClient } from './client';
export type { EfakturaOptions } from './client';
