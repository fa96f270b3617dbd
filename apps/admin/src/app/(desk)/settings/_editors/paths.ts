/** Reading and changing a JSON document by the path of a field, `rates.0.rateBp`. Pure. */

type Json = Readonly<Record<string, unknown>> | readonly unknown[];

const isTree = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** What stands at the path; undefined for nothing. */
export function valueAt(doc: unknown, path: string): unknown {
  if (path === '') return doc;
  let at: unknown = doc;
  for (const step of path.split('.')) {
    if (!isTree(at) || !Object.hasOwn(at, step)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at;
}

/** The document with another value at the path; undefined takes it away. Everything beside the path stays the same object. */
export function withValue<T>(doc: T, path: string, value: unknown): T {
  if (path === '') return value as T;
  const [step = '', ...rest] = path.split('.');
  if (Array.isArray(doc)) {
    const next = [...doc] as unknown[];
    next[Number(step)] = withValue(next[Number(step)], rest.join('.'), value);
    return next as T;
  }
  const before = isTree(doc) ? (doc as Readonly<Record<string, unknown>>) : {};
  const inner = withValue(Object.hasOwn(before, step) ? before[step] : undefined, rest.join('.'), value);
  if (inner === undefined) return Object.fromEntries(Object.entries(before).filter(([name]) => name !== step)) as T;
  return { ...before, [step]: inner } as T;
}

/** Whether two documents say the same, whatever the order of their names. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isTree(a) || !isTree(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.keys(a), Object.keys(b)];
  return left.length === right.length && left.every((name) => Object.hasOwn(b, name) && sameJson((a as Readonly<Record<string, unknown>>)[name], (b as Readonly<Record<string, unknown>>)[name]));
}

/** True for the path itself and everything below it. */
export const isWithin = (path: string, root: string): boolean => root === '' || path === root || path.startsWith(`${root}.`);
