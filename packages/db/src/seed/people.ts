import { createHash } from 'node:crypto';
import {
  addDays, addYears, foldName, inLocale, isLocale, parsePersonalNumber, partsOf, type DateOnly, type Locale,
} from '@interdomestik/rules';
import { consents, user, userRoles } from '../schema';
import { nameColumns, publishedRule, type StaffMember, type TenantSeed } from './context';
import { demoEmail } from './demo';
import { drawName, type NameStyle } from './names';
import { styleOf } from './tenant';

/** A member before anything was bought. */
export interface SeededPerson {
  readonly id: string;
  readonly branchId: string;
  readonly agent: StaffMember | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly style: NameStyle;
  readonly locale: Locale;
  readonly city: string;
  readonly address: string;
  readonly born: DateOnly;
  /** The row in which the member number stands once a membership has become active. */
  readonly numbered: { memberNumber: string | null };
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Shares of the languages among members: the tenant's first one leads, English is rare. */
function localeOf({ pack, random }: TenantSeed): Locale {
  const { default: first, offered } = pack.rules.languages;
  if (random.chance(0.64)) return first;
  const other = offered.filter((locale) => locale !== first && locale !== 'en');
  return random.chance(0.88) && other.length > 0 ? random.pick(other) : 'en';
}

/** A number whose check digit is right, new in this tenant. */
function personalNumber({ country, random }: TenantSeed, born: DateOnly, woman: boolean, taken: Set<string>): string {
  const { year, month, day } = partsOf(born);
  for (;;) {
    const serial = random.int(woman ? 500 : 0, woman ? 999 : 499);
    const stem = country.code === 'MK'
      ? `${twoDigits(day)}${twoDigits(month)}${String(year).slice(1)}4${random.int(1, 9)}${String(serial).padStart(3, '0')}`
      : `1${String(random.int(0, 99_999_999)).padStart(8, '0')}`;
    for (let digit = 0; digit <= 9; digit += 1) {
      const number = `${stem}${digit}`;
      if (taken.has(number) || !isSound(country, number)) continue;
      taken.add(number);
      return number;
    }
  }
}

function isSound(country: TenantSeed['country'], number: string): boolean {
  try {
    return parsePersonalNumber(country, number).warnings.length === 0;
  } catch {
    return false;
  }
}

/** A mobile number of the country out of a block that nobody is given. */
const phoneOf = (country: TenantSeed['country'], index: number): string =>
  country.code === 'MK' ? `+38970${String(index + 1).padStart(6, '0')}` : `+38344${String(index + 1).padStart(6, '0')}`;

const streets: Readonly<Record<NameStyle, readonly string[]>> = {
  mk: ['ул. Партизанска', 'ул. Илинденска', 'бул. Свети Климент', 'ул. Гоце Делчев', 'ул. Браќа Миладинови'],
  sq: ['Rr. Nëna Terezë', 'Rr. Skënderbeu', 'Rr. Ismail Qemali', 'Rr. Adem Jashari', 'Rr. e Dëshmorëve'],
  sr: ['Ul. Cara Dušana', 'Ul. Kralja Petra', 'Ul. Vuka Karadžića', 'Ul. Nikole Tesle'],
};

/** The next member: a person of a branch, looked after by an agent unless the way in was the website. */
export function drawPerson(seed: TenantSeed, index: number, joined: Date, agent: StaffMember | null, branchIndex: number, taken: Set<string>): SeededPerson {
  const { pack, tenantId, country, random, rows } = seed;
  const branch = seed.branches[branchIndex];
  if (branch === undefined) throw new Error('a member without a branch');
  const isDemo = index === 0;
  const locale = isDemo ? pack.rules.languages.default : localeOf(seed);
  const style = styleOf(pack, locale);
  const { firstName, lastName, woman } = drawName(random, style);
  const born = addDays(addYears(seed.today, -random.int(22, 76)), -random.int(0, 364));
  const hasMail = isDemo || random.chance(0.88);
  const asciiName = `${foldName(firstName)}.${foldName(lastName)}`.replaceAll(/[^a-z.]/gu, '');
  const email = isDemo ? demoEmail(pack.tenant.slug, 'member') : hasMail ? `${asciiName}.${index}@posta.example` : null;
  const signsIn = isDemo || (email !== null && random.chance(0.9));
  const address = `${random.pick(streets[style])} ${random.int(1, 140)}`;
  const id = random.id(joined);
  const numbered: typeof user.$inferInsert & { memberNumber: string | null } = {
    tenantId, id, branchId: branch.id, agentId: agent?.id ?? null, ...nameColumns(firstName, lastName), email, signInEmail: signsIn ? email : null,
    emailVerifiedAt: signsIn ? joined : null, passwordHash: signsIn ? seed.passwordHash : null, phone: phoneOf(country, index),
    personalNumber: personalNumber(seed, born, woman, taken), birthDate: born, address, city: branch.city, locale, memberNumber: null, createdAt: joined, updatedAt: joined,
  };
  const person = { id, branchId: branch.id, agent, firstName, lastName, style, locale, city: branch.city, address, born, numbered };
  rows.add(user, numbered);
  rows.add(userRoles, { tenantId, id: random.id(joined), userId: person.id, role: 'member', branchId: null, createdAt: joined });
  addConsents(seed, person, joined);
  return person;
}

function addConsents({ pack, tenantId, random, rows }: TenantSeed, person: SeededPerson, at: Date): void {
  const { texts } = publishedRule(pack, 'legal').value;
  for (const key of ['consentTerms', 'consentPrivacy', 'consentMarketing'] as const) {
    const text = texts.find((candidate) => candidate.key === key);
    if (text === undefined || !isLocale(person.locale)) continue;
    const { title, body } = inLocale(text.texts, person.locale);
    const accepted = key !== 'consentMarketing' || random.chance(0.4);
    const textHash = createHash('sha256').update(`${title}\n${body}`).digest('hex');
    rows.add(consents, { tenantId, id: random.id(at), userId: person.id, textKey: key, textVersion: String(text.version), locale: person.locale, accepted, textHash, createdAt: at });
  }
}
