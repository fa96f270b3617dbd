import { describe } from 'vitest';
import { bleedTests } from './bleed-tests';

// the full size is in bleed.slow.test.ts
describe('I-10 I-11 in the size of every run', () => {
  bleedTests(200);
});
