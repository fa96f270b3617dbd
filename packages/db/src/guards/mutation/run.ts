import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import { mutants, type Mutant } from './mutants';

/*
 * Runs the guards once as they are and once for every mutant of the list, each in processes of its own with one changed line, and prints a line of JSON
 * each: a process of its own so that no worker of a test run starts test runs.
 */
const source = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const root = join(source, '..', '..', '..');
const guards = [
  'src/scope.int.test.ts', 'src/visible.int.test.ts', 'src/one-message.int.test.ts', 'src/prepared.int.test.ts', 'src/guards/gateway.int.test.ts', 'src/guards/facts.int.test.ts',
].map((file) => `packages/db/${file}`);
// slower, so only for what the others have let through
const lastGuards = ['packages/db/src/guards/bleed.int.test.ts'];

interface Told { readonly failed: number; readonly passed: number }

async function run(include: readonly string[], mutant?: Mutant): Promise<Told> {
  const mutate = (code: string, id: string): string | undefined => (mutant !== undefined && id === join(source, mutant.file) ? code.replace(mutant.from, () => mutant.to) : undefined);
  const vitest = await createVitest('test', {
    config: false, root, watch: false, include: [...include], exclude: [], globalSetup: ['tooling/up/src/testing/global-setup.ts'], pool: 'forks', maxWorkers: 2, bail: mutant === undefined ? 0 : 1,
    testTimeout: 60_000, hookTimeout: 120_000, reporters: [{}], silent: true,
  }, { plugins: [{ name: 'mutant', enforce: 'pre', transform: mutate }] });
  try {
    const { testModules, unhandledErrors } = await vitest.start();
    const tests = testModules.flatMap((one) => [...one.children.allTests()]);
    const broken = testModules.filter((one) => one.state() === 'failed').length;
    return { failed: tests.filter((one) => one.result().state === 'failed').length + broken + unhandledErrors.length, passed: tests.filter((one) => one.result().state === 'passed').length };
  } finally {
    await vitest.close();
    process.exitCode = 0;
  }
}

const say = (line: unknown): void => { process.stdout.write(`${JSON.stringify(line)}\n`); };

// with a number as its argument only that mutant
const only = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
if (only === undefined) say({ unchanged: await run([...guards, ...lastGuards]) });
for (const [number, mutant] of mutants.entries()) {
  if (only !== undefined && number !== only) continue;
  const { file, from, to } = mutant;
  const found = readFileSync(join(source, file), 'utf8').split(from).length - 1;
  const killed = found === 1 && ((await run(guards, mutant)).failed > 0 || (await run(lastGuards, mutant)).failed > 0);
  say({ number, file, from, to, found, killed });
}
process.exit(0);
