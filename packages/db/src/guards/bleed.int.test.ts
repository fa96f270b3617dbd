import { bleedTests } from './bleed-tests';

// I-10 and I-11 in the size of every run; the full one is bleed.slow.test.ts
bleedTests(1_000);
