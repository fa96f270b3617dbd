import { and, eq, gte, lt, or, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { foldName, nameTokens, type Country } from '@interdomestik/rules';
import { user } from '@interdomestik/db/schema';

/** The columns of a person's name, with what search needs of it. Every insert or change of a name goes through here. */
export function nameColumns(firstName: string, lastName: string) {
  const first = nameTokens(firstName);
  const last = nameTokens(lastName);
  return { firstName, lastName, nameTokens: [...first, ...last].join(' '), surnameTokens: [...last, ...first].join(' ') };
}

// the highest code point, so that [prefix, prefix + last) holds everything that begins with the prefix
const last = '\u{10FFFF}';

/** Rows whose column begins with the prefix, as a range: an index serves it under row level security, which LIKE cannot. */
function beginsWith(column: AnyPgColumn, prefix: string): SQL | undefined {
  return and(gte(column, prefix), lt(column, `${prefix}${last}`));
}

/**
 * People whose name (in any script and either order), member number, phone or e-mail begins with what was typed; undefined for an
 * empty search.
 */
export function matchesSearch(text: string | undefined, country: Country): SQL | undefined {
  const typed = text?.trim() ?? '';
  if (typed === '') return undefined;
  const digits = typed.replaceAll(/[\s()/-]/gu, '');
  if (/^\+?\d{5,15}$/u.test(digits)) {
    const { callingCode, trunk } = country.phone;
    const bare = digits.replace(/^\+|^00/u, '');
    const inside = bare.startsWith(callingCode) ? bare.slice(callingCode.length) : bare;
    const national = trunk !== '' && inside.startsWith(trunk) ? inside.slice(trunk.length) : inside;
    return or(beginsWith(user.phone, `+${callingCode}${national}`), eq(user.personalNumber, digits));
  }
  if (typed.includes('@')) return beginsWith(user.email, typed.toLowerCase());
  const words = nameTokens(foldName(typed)).join(' ');
  const number = typed.toUpperCase();
  if (words === '') return beginsWith(user.memberNumber, number);
  return or(beginsWith(user.nameTokens, words), beginsWith(user.surnameTokens, words), beginsWith(user.memberNumber, number));
}
