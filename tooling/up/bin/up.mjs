import { runTypeScript } from './prepare.mjs';

await runTypeScript('tooling/up/src/up.ts', process.argv.slice(2));
