import { addDays, birthNumberCheckDigit, columnsOf, countryPacks, FileRun, formatDate, Known, knownWords, parseDateOnly } from '@interdomestik/rules';

export interface ImportLinesFigures {
  readonly lines: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Heap that everybody known takes, after the last line. */
  readonly megabytes: number;
  readonly people: number;
}

const given = ['Ана', 'Марија', 'Иван', 'Петар', 'Arben', 'Blerta', 'Шпенд', 'Gonxhe', 'Снежана', 'Владимир', 'Ѓорѓи', 'Љупчо'];
const family = ['Петров', 'Хоџа', 'Krasniqi', 'Ќосев', 'Жежовски', 'Shaqiri', 'Илиев', 'Димов', 'Стојанов', 'Беќири', 'Османи', 'Колев'];

/** A member of an invented file, always the same one for a number; every fiftieth is somebody from before under another spelling. */
function cellsOf(at: number): string[] {
  const again = at % 50 === 49 ? at - 20 : at;
  const born = addDays(parseDateOnly('1940-01-01'), (again * 7919) % 24_000);
  const stem = `${born.slice(8, 10)}${born.slice(5, 7)}${born.slice(1, 4)}4${String((again * 31) % 10_000).padStart(4, '0')}`;
  const first = given[again % given.length] ?? '';
  const last = `${family[(again * 5) % family.length] ?? ''}${String.fromCharCode(1072 + (again % 30))}${String.fromCharCode(1072 + ((again >> 5) % 30))}`;
  const embg = again === at ? stem + String(birthNumberCheckDigit(stem)) : '';
  return [
    String(at + 1), `${last} ${first}`, embg, formatDate(born), `ул. Партизанска ${String(again % 5000)}`, `07${String(again % 10)} ${String(100_000 + (again % 900_000))}`, again === at ? `p${String(at)}@posta.example` : '',
    'Базик', '01.01.2024', '31.12.2024', '1.230,00', 'Скопје',
  ];
}

/** How many lines of members are read, judged and compared with everybody before, without a database. */
export function benchImportLines(lines: number): ImportLinesFigures {
  const country = countryPacks.find(({ tenant }) => tenant.slug === 'mk')?.country;
  if (country === undefined) throw new Error('there is no such country');
  const columns = columnsOf('members', ['number', 'surnameFirst', 'embg', 'birthDate', 'street', 'phone', 'email', 'plan', 'startsOn', 'endsOn', 'amount', 'branch']);
  const known = new Known();
  const run = new FileRun('members', { columns, style: { dates: 'dmy', decimals: 'comma', currency: 'MKD', country }, words: knownWords, repair: null }, known, 'bench.csv');
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const began = performance.now();
  for (let at = 0; at < lines; at += 1) run.take(cellsOf(at));
  const seconds = (performance.now() - began) / 1000;
  const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  return { lines, seconds, perSecond: lines / seconds, megabytes: (after - before) / 1_048_576, people: known.people.persons };
}
