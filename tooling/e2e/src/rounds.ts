const countryOf = (name: string): string | undefined => /^(?:[a-z]{2}|hosts)(?=: )/u.exec(name)?.[0];

/** What runs beside what: each of `countries` is a row of names that follow each other, all rows beside each other; then any of `free` beside any other; at last `alone`, one by one. */
export interface Rounds {
  readonly countries: readonly (readonly string[])[];
  readonly free: readonly string[];
  readonly alone: readonly string[];
}

/** Orders journeys and attacks by their names: `mk: ` stays within a country, `hosts: ` changes nothing, `alone: ` may touch everything, and all others keep to people of their own. */
export function roundsOf(names: readonly string[]): Rounds {
  const prefixes = [...new Set(names.map(countryOf))].filter((country) => country !== undefined);
  const others = names.filter((name) => countryOf(name) === undefined);
  return {
    countries: prefixes.map((country) => names.filter((name) => countryOf(name) === country)),
    free: others.filter((name) => !name.startsWith('alone: ')),
    alone: others.filter((name) => name.startsWith('alone: ')),
  };
}
