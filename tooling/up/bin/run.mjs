import { fail, runTypeScript } from './prepare.mjs';

const database = 'tooling/up/src/database-command.ts';
const commands = {
  'db:url': [database, 'url'],
  'db:migrate': [database, 'migrate'],
  'db:seed': ['tooling/up/src/seed-command.ts'],
  'db:reset': [database, 'reset'],
  import: ['tooling/up/src/import-command.ts'],
  tenant: ['tooling/up/src/tenant-command.ts'],
  'secrets:rotate': ['tooling/up/src/rotate-command.ts'],
  'audit:verify': ['tooling/up/src/audit-command.ts'],
  bench: ['tooling/bench/src/main.ts'],
  generate: ['tooling/checks/src/generate.ts'],
};

const [name, ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
if (command === undefined) fail(`Usage: node tooling/up/bin/run.mjs ${Object.keys(commands).join(' | ')}`);
const [file, ...fixed] = command;
await runTypeScript(file, [...fixed, ...rest]);
