import { createReadStream, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportKind, ImportReport, ReviewPair } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { changedBetween, fingerprint, type Fingerprint } from '../attacks/fingerprint';
import { adminSql, systemScopeOf, useWorld } from '../testing';
import { commitBatch, openBatch, tryImport, undoBatch } from '.';

const folder = new URL('../../../rules/src/imports/testing/legacy-mk/', import.meta.url);
const expectation = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as {
  readonly import_order: readonly string[];
  readonly files: Readonly<Record<string, ImportReport & { readonly probable_duplicate_pairs?: readonly ReviewPair[] }>>;
};
const world = useWorld();
let scope: TenantScope;
let before: Fingerprint;
const batches: string[] = [];

beforeAll(async () => {
  scope = await systemScopeOf(world.current.mk);
  before = await fingerprint(world.current.database);
});

const fileOf = (name: string) => ({ kind: name.slice(0, name.indexOf('-')) as ImportKind, name, open: () => createReadStream(new URL(name, folder)) });
const exact = ({ review_pairs: _pairs, outcomes, ...report }: ImportReport) => {
  const { valid_new: fresh = 0, probable_duplicate: probable = 0, ...rest } = outcomes;
  return { ...report, outcomes: rest, unmatched: fresh + probable };
};
const pairKey = ({ record, other_file, other_record }: ReviewPair): string => `${String(record)} ${String(other_file)} ${String(other_record)}`;

describe('the old files of a country in the database', () => {
  it.each(expectation.import_order)('M-04 M-08 %s is taken in with exactly the counts that are expected of it, as its trial said', async (name) => {
    const expected = expectation.files[name];
    if (expected === undefined) throw new Error('nothing is expected');
    const trial = await tryImport(scope, fileOf(name));
    const { id } = await openBatch(scope, fileOf(name), new Date());
    const report = await commitBatch(scope, id);
    batches.push(id);
    expect(report).toEqual(trial.report);
    const { outcomes, unmatched, ...counts } = exact(report);
    expect(expected).toMatchObject(counts);
    expect([outcomes, unmatched]).toEqual([exact(expected).outcomes, exact(expected).unmatched]);
    if (expected.probable_duplicate_pairs === undefined) return;
    const [found, true_] = [report.review_pairs ?? [], expected.probable_duplicate_pairs].map((pairs) => new Set(pairs.map(pairKey)));
    const right = [...(found ?? [])].filter((key) => true_?.has(key)).length;
    expect(right / (found?.size ?? 0)).toBeGreaterThanOrEqual(0.95);
    expect(right / (true_?.size ?? 0)).toBeGreaterThanOrEqual(0.95);
  }, 120_000);

  it('M-03 no letter was lost on the way, and no zero', async () => {
    const [faults] = await adminSql(world.current.database.adminUrl, `
      select count(*) filter (where u::text like '%' || chr(65533) || '%')::int as lost, count(*) filter (where length(personal_number) <> 13)::int as short from "user" u`);
    expect(faults).toEqual({ lost: 0, short: 0 });
  });

  it('M-09 and taken back leaves every table byte for byte as it was', async () => {
    for (const id of batches.toReversed()) expect(await undoBatch(scope, id)).toMatchObject({ conflicts: [] });
    const left = changedBetween(before, await fingerprint(world.current.database), (key) => !/^(?:import_\w+|audit_logs) /u.test(key));
    expect(left).toEqual([]);
  }, 120_000);
});
