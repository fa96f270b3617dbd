import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { manyMembers, manyMembersFile } from '@interdomestik/rules/testing';
import { createTestDatabase } from '@interdomestik/db/testing';
import { seedIfEmpty } from '@interdomestik/db/seed';
import { hashPassword } from '@interdomestik/auth/passwords';
import { Client } from 'pg';

export interface ImportFileFigures {
  readonly lines: number;
  /** From the first byte read until the last row is kept: detection, the file kept, mapping, validation, duplicates, rows, outcomes and the trail. */
  readonly seconds: number;
  readonly perSecond: number;
  /** Largest resident size of the process that did it. */
  readonly megabytes: number;
  /** Bare statements of the same minute for the same people: loaded into a bare table, and upserted from there into tables with the product's columns and indexes, memberships too, without validation, comparison, outcomes or trail. */
  readonly bareSeconds: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

interface Told {
  readonly outcomes?: Readonly<Record<string, number>>;
  readonly megabytes?: number;
}

const script = fileURLToPath(new URL('../../../packages/api/src/testing/import-child.ts', import.meta.url));

/** Takes the file in, in a process of its own. */
async function takeIn(told: object): Promise<Told> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(told)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => { text = (text + chunk.toString()).slice(-2_000); });
  const code = await new Promise((resolve) => { child.once('close', resolve); });
  if (code !== 0) throw new Error('the import ended before its end');
  return JSON.parse(text.trim().split('\n').at(-1) ?? '{}') as Told;
}

/** The same people by what the database has for it. */
async function bare(adminUrl: string, lines: number): Promise<number> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('create table bare_people (like "user" including all); create table bare_sales (like memberships including all); create unlogged table bare_lines (line jsonb)');
    const { rows: [place] } = await client.query<{ tenant_id: string; id: string }>("select b.tenant_id, b.id from branches b join tenants t on t.id = b.tenant_id where t.slug = 'mk' limit 1");
    // the driver has no COPY: many lines in one parameter come close to it, and the upsert is most of the time
    const began = performance.now();
    for (let at = 0; at < lines; at += 20_000) {
      const piece = Array.from({ length: Math.min(20_000, lines - at) }, (_, next) => manyMembers(at + next));
      await client.query('insert into bare_lines select jsonb_array_elements($1::jsonb)', [JSON.stringify(piece)]);
    }
    await client.query(`insert into bare_people (tenant_id, id, branch_id, email, first_name, last_name, name_tokens, surname_tokens, phone, personal_number, birth_date, address, city, locale, member_number)
      select $1, md5(line ->> 0)::uuid, $2, nullif(line ->> 6, ''), split_part(line ->> 1, ' ', 2), split_part(line ->> 1, ' ', 1), lower(line ->> 1), lower(line ->> 1), line ->> 5, nullif(line ->> 2, ''), to_date(line ->> 3, 'DD.MM.YYYY'), line ->> 4, line ->> 11, 'mk', line ->> 0
      from bare_lines on conflict (tenant_id, member_number) do update set email = excluded.email, phone = excluded.phone, address = excluded.address`, [place?.tenant_id, place?.id]);
    await client.query(`insert into bare_sales (tenant_id, id, user_id, branch_id, plan_code, status, channel, starts_on, ends_on, price_minor, currency)
      select $1, md5('m' || (line ->> 0))::uuid, md5(line ->> 0)::uuid, $2, 'asistenca', 'expired', 'import', to_date(line ->> 8, 'DD.MM.YYYY'), to_date(line ->> 9, 'DD.MM.YYYY') + 1, 123000, 'MKD' from bare_lines`, [place?.tenant_id, place?.id]);
    return (performance.now() - began) / 1000;
  } finally {
    await client.end();
  }
}

/** An import of so many lines of members as the worker does it, with its memory, beside the bare statements. On a database of its own, as durable as a real one. */
export async function benchImportFile(lines: number): Promise<ImportFileFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'));
  const database = await createTestDatabase({ durable: true });
  try {
    await seedIfEmpty({ ownerUrl: database.ownerUrl, tools: { hashPassword, seal: (_, plaintext) => plaintext, cardAccounts: [] } });
    const file = join(folder, 'many.csv');
    await pipeline(Readable.from(manyMembersFile(lines)), createWriteStream(file));
    const bareSeconds = await bare(database.adminUrl, lines);
    const began = performance.now();
    const { outcomes = {}, megabytes = 0 } = await takeIn({ appUrl: database.appUrl, tenantId: 'tenant_mk', file, whole: true });
    const seconds = (performance.now() - began) / 1000;
    return { lines, seconds, perSecond: lines / seconds, megabytes, bareSeconds, outcomes };
  } finally {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}
