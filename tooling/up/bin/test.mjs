import { runTypeScript } from './prepare.mjs';

await runTypeScript('tooling/up/src/test.ts', process.argv.slice(2));
