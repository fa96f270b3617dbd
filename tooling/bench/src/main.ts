import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adopt, dataDir, freePort, localEnv, localSecrets } from '@interdomestik/up';
import type { ExportFigures } from './export';
import type { ImportFileFigures } from './import-file';
import type { Layer } from './layers';
import type { Comparison } from './rounds';
import type { SimulationFigures } from './simulation';
import type { TrailFigures } from './trail';

/*
 * npm run bench: what the product's own layers cost, each figure beside a calibration of the same minute. Absolute numbers say something of
 * this machine only; the ratios are what is promised.
 */
const slug = 'mk';
const members = 50_000;
const length = { rounds: 7, milliseconds: 2_500 };
const shorter = { rounds: 5, milliseconds: 1_500 };

interface Goal {
  readonly name: string;
  readonly figures: Comparison;
  readonly goal: string;
  readonly reached: boolean;
  readonly note: string;
}

const rounded = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

function table(goals: readonly Goal[]): string {
  const rows = goals.map(({ name, figures, goal, reached, note }) => [
    name, rounded(figures.ours.perSecond), rounded(figures.bare.perSecond), `${rounded(figures.share)} (${rounded(figures.spread[0])}-${rounded(figures.spread[1])})`,
    `${rounded(figures.ours.p50)} / ${rounded(figures.ours.p95)}`, `${rounded(figures.bare.p50)} / ${rounded(figures.bare.p95)}`, goal, reached ? 'yes' : 'NO', note,
  ]);
  return aligned([['figure', 'ours/s', 'bare/s', 'share (spread)', 'ours p50 / p95 ms', 'bare p50 / p95 ms', 'goal', 'reached', ''], ...rows]);
}

/** What each layer costs: times slower than the calibration of the same rounds, and how much that is more than one layer less. */
function layerTable(layers: readonly Layer[]): string {
  let before = 1;
  const rows = layers.map(({ name, beside, figures }) => {
    const times = 1 / figures.share;
    const adds = times - before;
    before = times;
    return [name, rounded(figures.ours.perSecond), rounded(times), beside === 'HTTP' ? `bare ${beside}` : `${adds < 0 ? '' : '+'}${rounded(adds)}`, `${rounded(1 / figures.spread[1])}-${rounded(1 / figures.spread[0])}`, `${rounded(figures.ours.p50)} / ${rounded(figures.ours.p95)}`];
  });
  return aligned([['layer', 'per second', 'times bare', 'more than before', 'spread', 'p50 / p95 ms'], ['bare SQL', rounded(layers[0]?.figures.bare.perSecond ?? 0), '1.00', '', '', ''], ...rows]);
}

function simulationLine({ members: people, sales, seconds, perSecond, bareSeconds, progressSeen }: SimulationFigures): string {
  return `${String(sales)} sales of a year, of ${String(people)} members, in ${rounded(seconds)} s (${rounded(perSecond)} a second; bare read of the same rows ${rounded(bareSeconds)} s), progress seen ${String(progressSeen)} times; goal < 10 s: ${seconds < 10 ? 'yes' : 'NO'}`;
}

function importLine({ lines, seconds, perSecond, megabytes, bareSeconds }: ImportFileFigures): string {
  const reached = seconds <= 120 && megabytes <= 512;
  return `${String(lines)} lines of members into the database in ${rounded(seconds)} s (${rounded(perSecond)} a second, ${rounded(bareSeconds / seconds)} of bare load-and-upsert, ${rounded(bareSeconds)} s), ${rounded(megabytes)} MB; goal <= 120 s, <= 512 MB, share 0.25: ${reached ? 'yes' : 'NO'}`;
}

function trailLine({ rows, sealSeconds, verifySeconds, bareSeconds, faults }: TrailFigures): string {
  return `${String(rows)} rows sealed in ${rounded(sealSeconds)} s, checked in ${rounded(verifySeconds)} s (${String(faults)} faults; bare read of the same rows ${rounded(bareSeconds)} s); goal < 60 s: ${verifySeconds < 60 && faults === 0 ? 'yes' : 'NO'}`;
}

function exportLine({ rows, bytes, firstByteMs, seconds, bareSeconds, heldMb }: ExportFigures): string {
  return `${String(rows)} rows, ${rounded(bytes / 1024 / 1024)} MB in ${rounded(seconds)} s (COPY TO: ${rounded(bareSeconds)} s; share ${rounded(bareSeconds / seconds)}, goal 0.5), first byte after ${rounded(firstByteMs)} ms, ${rounded(heldMb)} MB held; goal < 2000 ms and < 300 MB: ${firstByteMs < 2_000 && heldMb < 300 ? 'yes' : 'NO'}`;
}

function aligned(all: readonly (readonly string[])[]): string {
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

// settings first: the packages read them when they are loaded
const ports = { member: await freePort(), admin: await freePort(), paddle: await freePort(), uploadthing: await freePort() };
// the ends of this database's trails stay out of the folder that the checkout's own trails are compared with
const anchors = join(dataDir, 'bench', 'audit');
rmSync(anchors, { recursive: true, force: true });
const variables = adopt({ ...localEnv({ secrets: localSecrets(), ports, appEnv: 'test' }), AUDIT_ANCHOR_DIR: anchors });
const [{ openBenchDatabase }, { benchCaller }, { benchLayers }, { benchHttpList }, { benchWebhook }, { benchSimulation }, { benchRules }, { benchImportLines }, { benchImportFile }, { benchStorm }, { benchInvoices }, { benchReport }, { benchTrail }, { benchExport }] = await Promise.all([
  import('./database'), import('./caller'), import('./layers'), import('./http-list'), import('./webhook'), import('./simulation'), import('./rules'), import('./import-lines'), import('./import-file'), import('./storm'), import('./invoices'), import('./report'), import('./trail'), import('./export'),
]);

console.error(`filling a database with ${String(members)} members ...`);
const database = await openBenchDatabase(slug, members);
try {
  console.error('list of 25 members through the in-process caller ...');
  const caller = await benchCaller(database, slug, length);
  console.error('the same page, one layer more each time ...');
  const layers = await benchLayers(database, slug, caller.statement, shorter);
  console.error('the same list over HTTP, signed in ...');
  const list = await benchHttpList(database, slug, caller.statement, variables, length);
  console.error('a webhook until its stored answer ...');
  const webhook = await benchWebhook(database, slug, variables, length);
  console.error('a thousand events of the provider, each twenty times ...');
  const storm = await benchStorm(database, slug, variables);
  console.error('sales with their invoice ...');
  const invoices = await benchInvoices(database, slug, shorter);
  console.error('a revenue report over a million entries ...');
  const report = await benchReport(database, slug, shorter);
  console.error('a price draft tried on the last year ...');
  const simulation = await benchSimulation(database, slug, 2 * members);
  console.error('rules in a warm process, and until a published one is everywhere ...');
  const rules = await benchRules(database, slug, shorter);
  console.error('lines of an old file, read and compared ...');
  const imported = benchImportLines(100_000);
  console.error('a million lines of members into a database ...');
  const whole = await benchImportFile(1_000_000);
  console.error('a million rows of the audit trail, sealed and checked ...');
  const trail = await benchTrail(database, slug, 1_000_000);
  console.error('the same million rows as a file ...');
  const exported = await benchExport(database, slug);
  const slowest = Math.max(...rules.reaches);
  const perSecond = 200_000;
  const goals: Goal[] = [
    { name: 'list of 25, in-process caller', figures: caller, goal: 'share >= 0.8, <= 2 round trips', reached: caller.share >= 0.8 && caller.roundTrips <= 2, note: `${String(caller.roundTrips)} awaited round trips` },
    { name: 'list of 25, HTTP, signed in', figures: list, goal: 'at most 3 times slower', reached: list.share >= 1 / 3, note: `${rounded(1 / list.share)} times slower` },
    { name: 'webhook to its stored answer', figures: webhook, goal: 'p95 < 50 ms', reached: webhook.ours.p95 < 50, note: 'verified, stored and queued' },
    {
      name: 'webhook during the storm', figures: { ours: storm.ours, bare: storm.bare, share: storm.ours.perSecond / storm.bare.perSecond, slower: storm.ours.p50 / storm.bare.p50, spread: [0, 0], rounds: 1 }, goal: 'p95 < 50 ms, none > 5 s, each once',
      reached: storm.ours.p95 < 50 && storm.worst < 5_000 && storm.effects === storm.events, note: `${String(storm.effects)} effects of ${String(storm.events)} events x 20, settled in ${rounded(storm.settledSeconds)} s, longest answer ${rounded(storm.worst)} ms`,
    },
    { name: 'invoices issued', figures: invoices, goal: '>= 100/s', reached: invoices.ours.perSecond >= 100 && invoices.gaps === 0, note: `${String(invoices.issued)} numbers, ${String(invoices.gaps)} gaps; bare: one insert each into the same table` },
    { name: 'revenue over a million entries', figures: report.figures, goal: 'p50 < 150 ms', reached: report.figures.ours.p50 < 150, note: `${String(report.entries)} entries in ${String(report.days)} rows of days; bare: the same sum of days` },
    { name: 'a price, rules resolved', figures: rules.price, goal: '>= 200,000/s', reached: rules.price.ours.perSecond >= perSecond && rules.statements === 0, note: `${String(rules.statements)} statements in ${String(rules.lookups)} warm prices and steps` },
    { name: 'steps of a claim, rules resolved', figures: rules.transition, goal: '>= 200,000/s', reached: rules.transition.ours.perSecond >= perSecond, note: 'bare: JSON.parse of its own answer' },
  ];
  console.log(table(goals));
  // its calibration answers over HTTP too, so that the last row is the price of the layers and not of HTTP itself
  console.log(`\n${layerTable([...layers, { name: '+ HTTP', beside: 'HTTP', figures: list }])}\n`);
  console.log(`simulation: ${simulationLine(simulation)}\n`);
  console.log(`a published rule decides in another process after ${rules.reaches.map((ms) => `${String(ms)} ms`).join(', ')}; goal <= 2000 ms: ${slowest <= 2000 ? 'yes' : 'NO'}\n`);
  console.log(`import: ${String(imported.lines)} lines of members read, judged and compared with everybody before in ${rounded(imported.seconds)} s (${rounded(imported.perSecond)} a second), without a database`);
  console.log(`import: ${importLine(whole)}\n`);
  console.log(`export: ${exportLine(exported)}\n`);
  console.log(`audit trail: ${trailLine(trail)}\n`);
  const { statement: _, ...plain } = caller;
  const result = { at: new Date().toISOString(), node: process.version, members, length, list: plain, layers, http: list, webhook, storm, invoices, report, simulation, rules, imported, whole, trail, exported };
  mkdirSync(join(dataDir, 'bench'), { recursive: true });
  const file = join(dataDir, 'bench', 'latest.json');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result));
} finally {
  await database.drop();
}
