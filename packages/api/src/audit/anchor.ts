import { constants } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { tenantIdSchema } from '@interdomestik/rules';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { z } from 'zod';
import type { KeyRing } from '../vendors/secrets';
import { anchorMac, auditKeyRing } from './chain';

/** The end of a chain at a moment, as it stands outside the database. */
export interface Anchor {
  readonly at: string;
  readonly tenant: string;
  readonly number: number;
  /** Place of the last sealed row. */
  readonly seq: number;
  readonly mac: string;
}

const line = z.object({ at: z.string(), tenant: z.string(), number: z.number().int(), seq: z.number().int(), mac: z.string(), key: z.string(), sign: z.string() });

const partsOf = ({ at, tenant, number, seq, mac }: Anchor): string[] => [at, tenant, String(number), String(seq), mac];

/** A file for each tenant; it is only ever written to at its end. */
function fileOf(folder: string, tenantId: string): string {
  if (!tenantIdSchema.safeParse(tenantId).success) throw new Error('not a tenant');
  return join(folder, `${tenantId}.jsonl`);
}

export interface AnchorFile {
  /** Null where there is no such file. */
  readonly anchors: readonly Anchor[] | null;
  /** Lines that this key ring did not write, by their number in the file. */
  readonly foreign: readonly number[];
}

/** What stands in a tenant's file. A last line that was cut short by a stop counts as not written. */
export async function readAnchors(folder: string, tenantId: string, keys: KeyRing = auditKeyRing()): Promise<AnchorFile> {
  const text = await readFile(fileOf(folder, tenantId), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return { anchors: null, foreign: [] };
  const anchors: Anchor[] = [];
  const foreign: number[] = [];
  const lines = text.split('\n');
  for (const [at, written] of lines.entries()) {
    if (written === '') continue;
    const parsed = parse(written);
    const key = parsed === null ? undefined : keys.byId.get(parsed.key);
    if (parsed !== null && key !== undefined && parsed.tenant === tenantId && anchorMac(key, partsOf(parsed)) === parsed.sign) anchors.push(parsed);
    else if (parsed !== null || at !== lines.length - 1) foreign.push(at + 1);
  }
  return { anchors, foreign };
}

function parse(written: string): z.infer<typeof line> | null {
  try {
    return line.safeParse(JSON.parse(written)).data ?? null;
  } catch {
    return null;
  }
}

/** Adds a line and waits until it is on the disk. */
export async function appendLine(file: string, text: string): Promise<void> {
  const handle = await open(file, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
  try {
    const { size } = await handle.stat();
    const last = size === 0 ? '\n' : (await handle.read({ position: size - 1, length: 1, buffer: Buffer.alloc(1) })).buffer.toString('latin1');
    // what was cut short stays a line of its own
    await handle.write(`${last === '\n' ? '' : '\n'}${text}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Writes the end of the tenant's chain down outside the database, when it has moved since `known`. Gives the number of the seal; null while there is none. */
export async function anchorHead(scope: TenantScope, folder: string, known: number | null, now: Date, keys: KeyRing = auditKeyRing()): Promise<number | null> {
  const { rows: [head] } = await readTenant(scope, (tx) => tx.execute<{ number: string; seq: string; mac: string }>(sql`
    select number::text, (first_seq + size - 1)::text as seq, mac from audit_seals s where s.tenant_id = ${scope.tenantId} order by s.number desc limit 1`));
  if (head === undefined) return null;
  const anchor: Anchor = { at: now.toISOString(), tenant: scope.tenantId, number: Number(head.number), seq: Number(head.seq), mac: head.mac };
  if (anchor.number === known) return known;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await appendLine(fileOf(folder, scope.tenantId), JSON.stringify({ ...anchor, key: keys.current.id, sign: anchorMac(keys.current, partsOf(anchor)) }));
  return anchor.number;
}
