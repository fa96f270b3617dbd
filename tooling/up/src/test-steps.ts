import { join } from 'node:path';
import { buildEnv } from './build';
import { findChromium, installChromium } from './chromium';
import { inherited } from './env';
import { dataDir, repoRoot } from './paths';

/** One step of `npm test`. */
export interface Step {
  name: string;
  /** What Node runs. */
  args: readonly string[];
  env: Record<string, string>;
  /** Where the step leaves its counts; a step without one is passed or failed as a whole. */
  report?: string;
  /** The step without which this one cannot run. */
  needs?: string;
  /** A reason why it must fail before it starts, in one line. */
  refusal?: string;
}

const bin = (path: string): string => join(repoRoot, 'node_modules', path);
const report = (name: string): string => join(dataDir, 'test', `${name}.json`);

function vitest(name: string, args: readonly string[]): Step {
  const file = report(name);
  return {
    name,
    args: [bin('vitest/vitest.mjs'), 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    env: { ...inherited(), APP_ENV: 'test' },
    report: file,
  };
}

function journeys(name: 'e2e' | 'slow-e2e'): Step {
  const chromium = findChromium();
  const file = report(name);
  const step: Step = {
    name,
    args: ['--import', 'tsx', join(repoRoot, 'tooling/e2e/src/main.ts'), ...(name === 'slow-e2e' ? ['--slow'] : [])],
    env: { ...inherited(), APP_ENV: 'test', E2E_RESULT_FILE: file, ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }) },
    report: file,
    needs: 'build',
  };
  return chromium === undefined ? { ...step, refusal: `No Chromium found for the browser journeys. Install it: ${installChromium}` } : step;
}

/**
 * The steps of a run, in order. Words after `npm test --` choose test files by path and leave out everything else;
 * `--slow` runs the slow cases alone; `--only=types,checks` chooses steps by name.
 * Throws a RangeError that lists the names when a chosen step does not exist.
 */
export function stepsFor(argv: readonly string[]): Step[] {
  const filters = argv.filter((word) => !word.startsWith('--'));
  const only = argv.find((word) => word.startsWith('--only='))?.slice('--only='.length).split(',');
  const vitestOptions = argv.filter((word) => word.startsWith('--') && word !== '--slow' && !word.startsWith('--only='));
  const build: Step = { name: 'build', args: [bin('turbo/bin/turbo'), 'run', 'build', '--output-logs=errors-only'], env: buildEnv() };
  if (argv.includes('--slow')) {
    const slow = vitest('slow', ['--config', 'vitest.slow.config.ts', '--passWithNoTests', ...vitestOptions, ...filters]);
    return filters.length > 0 ? [slow] : [slow, build, journeys('slow-e2e')];
  }
  if (filters.length > 0 && only === undefined) return [vitest('tests', [...vitestOptions, ...filters])];
  const turbo = bin('turbo/bin/turbo');
  const all: Step[] = [
    // the linter reads every program anyway: with what the compiler has to say it takes half the time of both
    { name: 'types', args: [bin('oxlint/bin/oxlint'), '--type-aware', '--type-check', '--deny-warnings'], env: inherited() },
    { name: 'boundaries', args: [turbo, 'boundaries'], env: buildEnv() },
    vitest('checks', ['--project', 'checks', ...vitestOptions]),
    vitest('tests', ['--project', 'unit', '--project', 'int', '--project', 'int-mocked', '--project', 'filters-alone', '--project', 'policies-alone', ...vitestOptions, ...filters]),
    build,
    journeys('e2e'),
  ];
  const unknown = only?.find((name) => all.every((step) => step.name !== name));
  if (unknown !== undefined) throw new RangeError(`There is no step "${unknown}". Steps: ${all.map((step) => step.name).join(', ')}`);
  return only === undefined ? all : all.filter((step) => only.includes(step.name));
}
