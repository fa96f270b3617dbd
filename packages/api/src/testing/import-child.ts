import { createReadStream } from 'node:fs';
import { closeDatabase, connectDatabase, resolveScope } from '@interdomestik/db';
import { commitBatch, openBatch } from '../imports';
import { useTestSettings } from './settings';

/** A process that a test may kill, or whose memory a benchmark reads: takes a file in, and tells how far it has come, one line for each chunk. */
interface Told {
  readonly appUrl: string;
  readonly tenantId: string;
  /** Opens the file and tells the batch. */
  readonly file?: string;
  /** Writes the batch, or what is left of it. */
  readonly batch?: string;
  /** Writes the file as well that it has opened. */
  readonly whole?: boolean;
}

const told = JSON.parse(process.argv[2] ?? '{}') as Told;
const say = (line: object): void => { process.stdout.write(`${JSON.stringify(line)}\n`); };
useTestSettings();
await connectDatabase({ appUrl: told.appUrl, max: 3 });
const scope = await resolveScope({ kind: 'job', tenantId: told.tenantId, job: 'test.import' });
if (scope === null) throw new Error('no tenant');
let batch = told.batch;
if (told.file !== undefined) {
  const { file } = told;
  ({ id: batch } = await openBatch(scope, { kind: 'members', name: 'many.csv', open: () => createReadStream(file) }, new Date()));
  say({ batch });
}
if (batch !== undefined && (told.batch !== undefined || told.whole === true)) {
  const { outcomes } = await commitBatch(scope, batch, { onProgress: (done) => { say({ done }); } });
  say({ outcomes, megabytes: process.resourceUsage().maxRSS / 1024 });
}
await closeDatabase();
