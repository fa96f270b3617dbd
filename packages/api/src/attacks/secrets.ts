/** Names that no answer may carry, however it is nested (S-18). */
const forbiddenNames = new Set([
  'passwordhash', 'tokenhash', 'codehash', 'credentials', 'webhooksecrets', 'webhooksecret', 'apikey', 'storagekey', 'secret', 'seal', 'nametokens', 'surnametokens', 'effectkey', 'signinemail',
]);

/** Values of secret columns that stand in the database of the running test, with their columns. */
const known = new Map<string, string>();

/** Learns values that must never be told: what secret columns hold now. */
export function learnSecrets(values: Iterable<readonly [value: string, column: string]>): void {
  for (const [value, column] of values) if (value.length >= 8) known.set(value, column);
}

/** The audit trail names a column that changed and hides what was in it. */
const hiddenValue = (value: unknown): boolean => value === null || value === '***';

function namesIn(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const item of value) namesIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (!hiddenValue(item) && forbiddenNames.has(name.replaceAll(/[^a-z0-9]/giu, '').toLowerCase())) found.add(name);
      namesIn(item, found);
    }
  }
  return found;
}

/** Forbidden names, and the columns of known secret values, that an answer tells although the procedure is not there to show them; none is right. */
export function secretsIn(body: string, parsed: unknown, shows: readonly string[] = []): string[] {
  const found = namesIn(parsed, new Set());
  for (const [value, column] of known) if (body.includes(value)) found.add(column);
  return [...found].filter((name) => !shows.includes(name));
}
