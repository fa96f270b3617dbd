/** The query of an address as Next gives it to a page. */
export type Query = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** The first value of each key. */
export async function readQuery(query: Query): Promise<(key: string) => string | undefined> {
  const values = await query;
  return (key) => {
    const value = values[key];
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined || first === '' ? undefined : first;
  };
}

/** The value when it is one of the allowed ones: an address typed wrong filters nothing. */
export function oneOf<T extends string>(value: string | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

/** An id, or nothing for anything else. */
export function idOf(value: string | undefined): string | undefined {
  return value !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(value) ? value : undefined;
}

/** A filter that was chosen, as a list of one; nothing when none was. */
export function only<T>(value: T | undefined): T[] | undefined {
  return value === undefined ? undefined : [value];
}
