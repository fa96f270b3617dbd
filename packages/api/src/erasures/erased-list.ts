import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tenantIdSchema } from '@interdomestik/rules';
import { z } from 'zod';
import { appendLine } from '../audit/anchor';
import { anchorMac, auditKeyRing } from '../audit/chain';
import { env } from '../env';
import type { KeyRing } from '../vendors/secrets';

/** Somebody who was erased, as it stands outside the database: ids alone, so that the list itself names nobody. */
export interface Erased {
  readonly at: string;
  readonly tenant: string;
  readonly user: string;
  readonly request: string;
}

const line = z.object({ at: z.iso.datetime(), tenant: z.string(), user: z.uuid(), request: z.uuid(), key: z.string(), sign: z.string() });
const partsOf = ({ at, tenant, user, request }: Erased): string[] => ['erased', at, tenant, user, request];

/** Beside the ends of the audit trail: what a restore does not bring back to an earlier day. Null where no folder is set, as in development. */
export const erasedFolder = (): string | null => env.AUDIT_ANCHOR_DIR ?? null;

function fileOf(folder: string, tenantId: string): string {
  if (!tenantIdSchema.safeParse(tenantId).success) throw new Error('not a tenant');
  return join(folder, `${tenantId}.erased.jsonl`);
}

function parse(written: string): z.infer<typeof line> | null {
  try {
    return line.safeParse(JSON.parse(written)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Who of the tenant was erased, oldest first. `foreign`: lines that this key ring did not write, by their number; nobody is erased for them. A last line that was cut short by a stop counts as not written.
 */
export async function readErased(folder: string, tenantId: string, keys: KeyRing = auditKeyRing()): Promise<{ readonly erased: readonly Erased[]; readonly foreign: readonly number[] }> {
  const text = await readFile(fileOf(folder, tenantId), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const erased: Erased[] = [];
  const foreign: number[] = [];
  const lines = text.split('\n');
  for (const [at, written] of lines.entries()) {
    if (written === '') continue;
    const parsed = parse(written);
    const key = parsed === null ? undefined : keys.byId.get(parsed.key);
    if (parsed !== null && key !== undefined && parsed.tenant === tenantId && anchorMac(key, partsOf(parsed)) === parsed.sign) erased.push(parsed);
    else if (parsed !== null || at !== lines.length - 1) foreign.push(at + 1);
  }
  return { erased, foreign };
}

/** Adds somebody to the list and waits until it is on the disk; who stands there already is not added again. */
export async function rememberErased(folder: string, one: Erased, keys: KeyRing = auditKeyRing()): Promise<void> {
  const { erased } = await readErased(folder, one.tenant, keys);
  if (erased.some(({ user }) => user === one.user)) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await appendLine(fileOf(folder, one.tenant), JSON.stringify({ ...one, key: keys.current.id, sign: anchorMac(keys.current, partsOf(one)) }));
}
