import { columnsOf, countryPacks, FileRun, Known, knownWords } from '@interdomestik/rules';
import { manyMembers, manyMembersFields } from '@interdomestik/rules/testing';

export interface ImportLinesFigures {
  readonly lines: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Heap that everybody known takes, after the last line. */
  readonly megabytes: number;
  readonly people: number;
}

/** How many lines of members are read, judged and compared with everybody before, without a database. */
export function benchImportLines(lines: number): ImportLinesFigures {
  const country = countryPacks.find(({ tenant }) => tenant.slug === 'mk')?.country;
  if (country === undefined) throw new Error('there is no such country');
  const columns = columnsOf('members', manyMembersFields);
  const known = new Known();
  const run = new FileRun('members', { columns, style: { dates: 'dmy', decimals: 'comma', currency: 'MKD', country }, words: knownWords, repair: null }, known, 'bench.csv');
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const began = performance.now();
  for (let at = 0; at < lines; at += 1) run.take(manyMembers(at));
  const seconds = (performance.now() - began) / 1000;
  const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  return { lines, seconds, perSecond: lines / seconds, megabytes: (after - before) / 1_048_576, people: known.people.persons };
}
