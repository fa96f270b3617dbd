/** Names that no answer may carry, however it is nested (S-18). */
const forbiddenNames = new Set([
  'passwordhash', 'tokenhash', 'codehash', 'credentials', 'webhooksecrets', 'webhooksecret', 'apikey', 'storagekey', 'secret', 'seal', 'nametokens', 'surnametokens', 'effectkey', 'signinemail', 'sha256',
]);

/** Values of secret columns that stand in the database of the running test. */
const known = new Set<string>();

/** Learns values that must never be told: what secret columns hold now. */
export function learnSecrets(values: Iterable<string>): void {
  for (const value of values) if (value.length >= 8) known.add(value);
}

function namesIn(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const item of value) namesIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (forbiddenNames.has(name.replaceAll(/[^a-z0-9]/giu, '').toLowerCase())) found.add(name);
      namesIn(item, found);
    }
  }
  return found;
}

/** Forbidden names but those that the procedure is there to show, and known secret values of an answer; none is right. */
export function secretsIn(body: string, parsed: unknown, shows: readonly string[] = []): string[] {
  const values = [...known].some((value) => body.includes(value)) ? ['the value of a secret column'] : [];
  return [...[...namesIn(parsed, new Set())].filter((name) => !shows.includes(name)), ...values];
}
