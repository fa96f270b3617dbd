/** A person who does not exist, with numbers that pass the country's checks. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly personalNumber: string;
  readonly password: string;
}

let made = 0;

/** EMBG of somebody born on 12 May 1988, the nth that day: DDMMYYYRRSSS and its check digit. */
export function embg(n: number): string {
  const digits = `120598845${String(n).padStart(3, '0')}`;
  const weights = [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  const check = 11 - (sum % 11);
  return `${digits}${String(check > 9 ? 0 : check)}`;
}

/** A new person of a country, the names in the spelling that most people there use. */
export function newPerson(slug: string, local: string): Person {
  made += 1;
  const run = Date.now().toString(36);
  const email = `${local}.${run}.${String(made)}@journey.example`;
  const password = `Plima-${run}-Galeb`;
  return slug === 'mk'
    ? { firstName: 'Љупчо', lastName: 'Ѓорѓиевски', email, phone: `070 3${String(10000 + made * 7)}`, personalNumber: embg(100 + made), password }
    : { firstName: 'Gëzim', lastName: 'Çerkini', email, phone: `044 3${String(10000 + made * 7)}`, personalNumber: String(1_180_000_000 + made * 7919), password };
}
