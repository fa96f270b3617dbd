import { bleedTests } from './bleed-tests';

// I-10 and I-11 as the catalogue asks for them
bleedTests(5_000);
