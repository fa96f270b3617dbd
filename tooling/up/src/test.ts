import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { statusEmbedded, stopEmbedded } from '@interdomestik/db/embedded';
import { explain } from './clear-error';
import { repoRoot } from './paths';
import { countsOf, type Counts } from './results';
import { runCommand } from './run-step';
import { stepsFor, type Step } from './test-steps';
import { columns } from './welcome';

interface Outcome extends Counts {
  step: Step;
  seconds: number;
  verdict: 'ok' | 'FAILED' | 'not run';
}

async function run(step: Step, before: readonly Outcome[]): Promise<Outcome> {
  const began = performance.now();
  const outcome = (counts: Counts, verdict: Outcome['verdict']): Outcome => ({ step, ...counts, verdict, seconds: (performance.now() - began) / 1000 });
  console.log(`\n=== ${step.name}`);
  if (step.refusal !== undefined) {
    console.error(step.refusal);
    return outcome({ passed: 0, failed: 1 }, 'FAILED');
  }
  const blocker = before.find((other) => other.step.name === step.needs && other.verdict !== 'ok');
  if (blocker !== undefined) {
    console.error(`not run, because ${blocker.step.name} failed`);
    return outcome({ passed: 0, failed: 1 }, 'not run');
  }
  if (step.report !== undefined) {
    // a report of an earlier run must never be counted as this one's
    rmSync(step.report, { force: true });
    mkdirSync(dirname(step.report), { recursive: true });
  }
  const code = await runCommand(step.name, step.args, step.env);
  const counts = step.report === undefined ? { passed: 0, failed: code === 0 ? 0 : 1 } : countsOf(step.report, code);
  return outcome(counts, counts.failed === 0 ? 'ok' : 'FAILED');
}

function summary(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ step, seconds, verdict, passed, failed }) => [
    step.name,
    `${seconds.toFixed(1)} s`.padStart(8),
    verdict,
    step.report === undefined ? '' : `${passed} passed, ${failed} failed`,
  ]);
  const total = outcomes.reduce((sum, one) => sum + one.seconds, 0);
  return `\n${columns([...rows, ['all', `${total.toFixed(1)} s`.padStart(8), '', '']])}\n`;
}

async function main(): Promise<number> {
  const steps = stepsFor(process.argv.slice(2));
  for (const { refusal } of steps) if (refusal !== undefined) console.error(`${refusal}\nThe other steps run now; the run fails in any case.`);
  const ran = (['product', 'tests'] as const).filter((purpose) => statusEmbedded({ repoRoot, purpose }).running);
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (stopped = true));
  const outcomes: Outcome[] = [];
  try {
    for (const step of steps) if (!stopped) outcomes.push(await run(step, outcomes));
  } finally {
    for (const purpose of ['product', 'tests'] as const) if (!ran.includes(purpose)) await stopEmbedded({ repoRoot, purpose });
  }
  console.log(summary(outcomes));
  for (const { step, verdict } of outcomes) if (verdict === 'FAILED') console.log(`${step.name} failed: ${step.refusal ?? `.data/logs/test-${step.name}.log`}`);
  if (stopped) console.log('stopped before the end');
  const sum = (key: keyof Counts): number => outcomes.reduce((count, one) => count + one[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 && !stopped ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof RangeError ? error.message : explain(error));
  process.exitCode = 1;
}
