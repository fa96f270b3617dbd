/** Why: turbo skips a package that lacks a script without a word, so a package without `typecheck` is never checked. */
export interface Workspace {
  path: string;
  scripts: Record<string, string>;
  files: readonly string[];
}

interface Needs {
  scripts: Record<string, string | RegExp>;
  /** At least one test of its own. The apps are proven by the journeys and by their own tests where logic appears. */
  tests: boolean;
}

/** An app may generate the types of its routes first. */
const typecheck = /^(?:next typegen && )?tsc --noEmit$/u;
const bundle = 'up/bin/bundle.mjs';
const app = { scripts: { typecheck, build: `next build && node ../../tooling/${bundle} server.ts`, start: 'node dist/server.mjs', dev: 'tsx server.ts --dev' }, tests: false };
const library = { scripts: { typecheck }, tests: true };

/** What each workspace must have. One that is not listed is a library. */
export const matrix: Record<string, Needs> = {
  'apps/member': app,
  'apps/admin': app,
  'apps/worker': { scripts: { typecheck, build: `node ../../tooling/${bundle} src/main.ts`, start: 'node dist/main.mjs', dev: 'tsx src/main.ts' }, tests: false },
  'tooling/simulators': { scripts: { typecheck, build: `node ../${bundle} src/main.ts`, start: 'node dist/main.mjs', dev: 'tsx src/main.ts' }, tests: true },
  'tooling/e2e': { scripts: { typecheck }, tests: false },
  'tooling/bench': { scripts: { typecheck, start: 'tsx src/main.ts' }, tests: false },
  // configuration only: nothing to compile
  'tooling/typescript': { scripts: {}, tests: false },
};

/** What a workspace lacks. */
export function matrixFaults({ path, scripts, files }: Workspace): string[] {
  const needs = matrix[path] ?? library;
  const fits = (command: string | RegExp, has: string | undefined): boolean => (typeof command === 'string' ? has === command : command.test(has ?? ''));
  const faults = Object.entries(needs.scripts).filter(([name, command]) => !fits(command, scripts[name])).map(([name, command]) => `${path} needs the script "${name}": "${String(command)}"`);
  if (needs.tests && !files.some((file) => /\.test\.tsx?$/u.test(file))) faults.push(`${path} has no test`);
  if (needs !== matrix['tooling/typescript'] && !files.includes(`${path}/tsconfig.json`)) faults.push(`${path} has no tsconfig.json`);
  return faults;
}

/** The commands of the first screen of the README; each must be a script of the root. */
export function rootFaults(scripts: Record<string, string>): string[] {
  const needed = ['up', 'dev', 'test', 'test:slow', 'bench', 'generate', 'lint', 'typecheck', 'build', 'seed', 'db:url', 'db:migrate', 'db:seed', 'db:reset'];
  return needed.filter((name) => scripts[name] === undefined);
}
