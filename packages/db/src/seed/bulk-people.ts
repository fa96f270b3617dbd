import {
  addDays, addMonths, birthNumberCheckDigit, nameTokens, parsePersonalNumber, partsOf, type Country, type CountryPack, type DateOnly, type Money,
} from '@interdomestik/rules';
import { drawName, type NameStyle } from './names';
import { Random } from './random';

/** What the bulk load needs of a tenant's rows. */
export interface BulkBranch {
  readonly id: string;
  readonly city: string;
  readonly agents: readonly string[];
}

export interface BulkPlan {
  readonly code: string;
  readonly price: Money;
  readonly vat: Money;
}

export interface BulkTenant {
  readonly pack: CountryPack;
  readonly branches: readonly BulkBranch[];
  readonly plans: readonly BulkPlan[];
  readonly today: DateOnly;
}

/** Columns of the staging table, in the order of `BulkMember`. */
export const stagingColumns = {
  stem: 'text', branch_id: 'uuid', agent_id: 'uuid', first_name: 'text', last_name: 'text', name_tokens: 'text', surname_tokens: 'text', email: 'text', phone: 'text',
  personal_number: 'text', birth_date: 'date', city: 'text', locale: 'text', member_number: 'text', created_at: 'timestamptz', plan_code: 'text', status: 'text', starts_on: 'date',
  ends_on: 'date', price_minor: 'bigint', vat_minor: 'bigint',
} as const;

/** The values of one member, one a column. */
export type BulkMember = readonly (string | null)[];

const words = new Map<string, string>();

/** Folding is slow and names repeat. */
function tokensOf(name: string): string {
  const known = words.get(name) ?? nameTokens(name).join(' ');
  words.set(name, known);
  return known;
}

const two = (value: number): string => String(value).padStart(2, '0');
const days = 19_700;

/** Different for every index below 177 million, and scattered: born, region and serial of a number that looks drawn. */
function scattered(index: number): { bornAgo: number; region: number; serial: number } {
  const space = days * 9 * 1000;
  const place = Number((BigInt(index) * 7_368_787n + 12_345n) % BigInt(space));
  return { bornAgo: place % days, region: 1 + (Math.floor(place / days) % 9), serial: Math.floor(place / (days * 9)) };
}

function personalNumberOf(country: Country, index: number, born: DateOnly, { region, serial }: { region: number; serial: number }): string {
  if (country.code === 'MK') {
    const { year, month, day } = partsOf(born);
    const stem = `${two(day)}${two(month)}${String(year).slice(1)}4${region}${String(serial).padStart(3, '0')}`;
    return `${stem}${birthNumberCheckDigit(stem)}`;
  }
  const stem = `2${String((index * 7_919) % 100_000_000).padStart(8, '0')}`;
  for (let digit = 0; digit <= 9; digit += 1) {
    const number = `${stem}${digit}`;
    if (parsePersonalNumber(country, number).warnings.length === 0) return number;
  }
  return `${stem}0`;
}

interface Course {
  readonly status: string;
  readonly start: DateOnly;
  readonly end: DateOnly;
}

/** A yearly membership bought that many days ago, and what has become of it. */
function courseOf(random: Random, today: DateOnly, daysAgo: number): Course {
  const start = addDays(today, -daysAgo);
  const end = addMonths(start, 12);
  if (end > today) return { status: random.chance(0.05) ? 'canceled' : 'active', start, end };
  return { status: addDays(end, 14) > today ? 'past_due' : random.chance(0.6) ? 'lapsed' : 'expired', start, end };
}

/**
 * Members of a tenant in the order in which they joined, over the last two years, without end to their number. The same
 * `from` and `to` give the same members.
 */
export function* bulkMembers({ pack, branches, plans, today }: BulkTenant, from: number, to: number, numberOf: (index: number) => string): Generator<BulkMember> {
  const random = new Random(`bulk ${pack.tenant.slug} ${from}`);
  const { default: first, offered } = pack.rules.languages;
  const others = offered.filter((locale): locale is NameStyle => locale !== first && locale !== 'en');
  const dialling = pack.country.code === 'MK' ? '+3897' : '+3834';
  for (let index = from; index < to; index += 1) {
    const branch = random.pick(branches);
    const plan = random.pick(plans);
    const locale = random.chance(0.7) || others.length === 0 ? first : random.pick(others);
    const drawn = scattered(index);
    const born = addDays(today, -(20 * 366 + drawn.bornAgo));
    const { firstName, lastName } = drawName(random, locale === 'en' ? 'sq' : locale);
    const [given, family] = [tokensOf(firstName), tokensOf(lastName)];
    const course = courseOf(random, today, Math.floor((730 * (to - 1 - index)) / (to - from)) + 1);
    const joined = `${course.start}T${two(6 + (index % 12))}:${two(index % 60)}:${two((index * 7) % 60)}Z`;
    yield [
      random.id(new Date(joined)).slice(0, 35), branch.id, random.chance(0.7) && branch.agents.length > 0 ? random.pick(branch.agents) : null, firstName, lastName,
      `${given} ${family}`, `${family} ${given}`, `${given}.${family}.${index}@posta.example`, `${dialling}${3 + (index % 6)}${String(index % 1_000_000).padStart(6, '0')}`,
      personalNumberOf(pack.country, index, born, drawn), born, branch.city, locale, numberOf(index), joined, plan.code, course.status, course.start, course.end,
      plan.price.minor.toString(), plan.vat.minor.toString(),
    ];
  }
}
