import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type * as ImportsModule from '@interdomestik/api/imports';
import { ClearError, explain } from './clear-error';
import { adopt, env } from './env';
import { localSecrets } from './local-secrets';
import { localEnv } from './stack-env';

const usage = `Usage:
  npm run import -- --tenant TENANT --kind members|claims|payments FILE   takes a file in; the same file again goes on where it stopped
      --map 'Header=field'    puts a column where the suggestion is wrong; 'Header=' leaves it out; as often as needed
      --template NAME         reads the file by a saved template
      --known WHAT            what happens to people who are known: update (newer), fill (only what is empty), skip, or review (each waits for somebody at the screen)
      --encoding NAME         where the letters are not recognised: utf-8, windows-1251, windows-1250
      --dry-run               decides everything and writes nothing
      --json                  says it for programs
  npm run import -- --tenant TENANT --undo BATCH                          takes a batch back; lists what was changed since`;

class Wrong extends Error {}

function argumentsOf() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        tenant: { type: 'string' }, kind: { type: 'string' }, map: { type: 'string', multiple: true, default: [] }, template: { type: 'string' }, encoding: { type: 'string' }, known: { type: 'string' },
        'dry-run': { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, undo: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Wrong(error instanceof Error ? error.message : '');
  }
}

type Asked = ReturnType<typeof argumentsOf>['values'];
type Imports = typeof ImportsModule;
type Scope = Parameters<Imports['undoBatch']>[0];

/** `Header=field`, the last equals sign parting the two: headers may hold one. */
function fieldsOf(maps: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(maps.map((map) => {
    const at = map.lastIndexOf('=');
    if (at < 1) throw new Wrong(`--map ${map}: a header, an equals sign and a field.`);
    const field = map.slice(at + 1).trim();
    return [map.slice(0, at), field === '' ? null : field];
  }));
}

/** The login of the runtime, which sees one tenant, and the scope of a job in it. */
async function inTenant(tenantId: string, work: (scope: Scope, imports: Imports) => Promise<void>): Promise<void> {
  adopt(localEnv({ secrets: localSecrets(), ports: env.ports(), appEnv: env.appEnv(), rootDomain: env.rootDomain() }));
  const [{ databaseUrls }, { closeDatabase, connectDatabase, resolveScope }, imports] = await Promise.all([import('@interdomestik/db/embedded'), import('@interdomestik/db'), import('@interdomestik/api/imports')]);
  const urls = await databaseUrls();
  await connectDatabase({ appUrl: urls.app, max: 3, applicationName: 'interdomestik-import' });
  try {
    const scope = await resolveScope({ kind: 'job', tenantId, job: 'imports.run' });
    if (scope === null) throw new ClearError(`There is no open tenant ${tenantId}. npm run tenant -- list names them.`);
    await work(scope, imports);
  } finally {
    await closeDatabase();
  }
}

function lines(report: object): string {
  return Object.entries(report).filter(([name]) => name !== 'review_pairs').map(([name, value]) => `  ${name.padEnd(30)} ${typeof value === 'object' ? Object.entries(value as object).map(([word, count]) => `${word} ${String(count)}`).join(', ') : String(value)}`).join('\n');
}

/** How far it has come, how fast it goes and how long it will take, on one line that is written over. */
function progress(): (done: number, all: number) => void {
  const began = Date.now();
  return (done, all) => {
    const rate = done / Math.max(0.001, (Date.now() - began) / 1000);
    if (process.stderr.isTTY) process.stderr.write(`\r${String(done)} of ${String(all)}, ${String(Math.round(rate))} a second, ${String(Math.ceil((all - done) / Math.max(1, rate)))} s left   ${done === all ? '\n' : ''}`);
  };
}

async function takeIn(asked: Asked, named: string): Promise<void> {
  const { tenant, kind, template, json } = asked;
  if (tenant === undefined || kind === undefined) throw new Wrong('--tenant and --kind are missing.');
  if (kind !== 'members' && kind !== 'claims' && kind !== 'payments') throw new Wrong(`--kind ${kind}: members, claims or payments.`);
  const fields = fieldsOf(asked.map);
  // npm runs scripts in the checkout; a path is meant from where the person is
  const path = resolve(env.startedIn(), named);
  if (!existsSync(path) || !statSync(path).isFile()) throw new ClearError(`${named} is no file.`);
  await inTenant(tenant, async (scope, { commitBatch, fileEncodings, knownPolicies, openBatch, overTemplate, templateNamed, tryImport }) => {
    const encoding = fileEncodings.find((known) => known === asked.encoding);
    if (asked.encoding !== undefined && encoding === undefined) throw new Wrong(`--encoding ${asked.encoding}: ${fileEncodings.join(', ')}.`);
    const known = knownPolicies.find((policy) => policy === asked.known);
    if (asked.known !== undefined && known === undefined) throw new Wrong(`--known ${asked.known}: ${knownPolicies.join(', ')}.`);
    const saved = template === undefined ? {} : await templateNamed(scope, kind, template);
    const file = { kind, name: basename(path), open: () => createReadStream(path), wish: overTemplate(saved, { fields, encoding, known }) } as const;
    const made = asked['dry-run'] ? { batch: null, ...await tryImport(scope, file) } : await (async () => {
      const { id, survey } = await openBatch(scope, file, new Date());
      return { batch: id, survey, report: await commitBatch(scope, id, { onProgress: progress() }) };
    })();
    const { encoding: read, delimiter, header, isEncodingCertain, skipped } = made.survey;
    const data = {
      file: file.name, kind, tenant, batch: made.batch, dry_run: asked['dry-run'], encoding: read, encoding_certain: isEncodingCertain, delimiter, columns: header.length,
      skipped_non_data_lines: skipped, ...made.report,
    };
    console.log(json ? JSON.stringify(data, null, 1) : `${file.name}: ${made.batch === null ? 'tried, nothing written' : `batch ${made.batch}`}\n${lines(made.report)}\n  review_pairs                   ${String(made.report.review_pairs?.length ?? 0)}`);
  });
}

async function takeBack(asked: Asked, batch: string): Promise<void> {
  if (asked.tenant === undefined) throw new Wrong('--tenant is missing: a batch is of one tenant.');
  await inTenant(asked.tenant, async (scope, { undoBatch }) => {
    const report = await undoBatch(scope, batch);
    console.log(asked.json ? JSON.stringify(report, null, 1) : `${batch}: ${String(report.undone)} lines taken back${report.conflicts.map(({ record, reason }) => `\n  line ${String(record)} stays: ${reason === 'changed' ? 'changed since' : 'something hangs on it'}`).join('')}`);
    if (report.conflicts.length > 0) process.exitCode = 2;
  });
}

try {
  const { values, positionals } = argumentsOf();
  if (values.undo !== undefined && positionals.length === 0) await takeBack(values, values.undo);
  else if (values.undo === undefined && positionals.length === 1) await takeIn(values, positionals[0] ?? '');
  else throw new Wrong('');
} catch (error) {
  if (error instanceof Wrong) console.error([error.message, usage].filter(Boolean).join('\n\n'));
  else console.error((await import('./tenant-pack')).refusalOf(error) ?? explain(error));
  process.exitCode = 1;
}
