import { newId, randomToken } from '@interdomestik/rules';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
type Tree = Readonly<Record<string, unknown>>;

/** What stands at a dotted path; undefined when nothing does. */
export const valueAt = (input: unknown, path: string): unknown => path.split('.').reduce<unknown>((part, name) => (typeof part === 'object' && part !== null ? (part as Tree)[name] : undefined), input);

/** The same input with another value at a dotted path. */
export function withValue(input: unknown, path: string, value: unknown): unknown {
  const [name = '', ...rest] = path.split('.');
  const tree = (typeof input === 'object' && input !== null ? input : {}) as Tree;
  return { ...tree, [name]: rest.length === 0 ? value : withValue(tree[name], rest.join('.'), value) };
}

/** A value of the same kind that belongs to nothing anywhere. */
export function ofNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ofNothing);
  if (typeof value !== 'string') throw new Error('only texts name something');
  if (uuid.test(value)) return newId();
  if (value.includes('@')) return `nobody-${newId().slice(-12)}@example.com`;
  if (value.startsWith('tenant_')) return 'tenant_of_nobody';
  return randomToken(32).slice(0, Math.max(value.length, 8)).padEnd(value.length, 'x');
}

/** The same input with nothing's values at all the paths. */
export const emptied = (input: unknown, paths: readonly string[]): unknown => paths.reduce((made, path) => withValue(made, path, ofNothing(valueAt(made, path))), input);

/** Every id and text that an input carries, so that an answer may repeat them. */
export function textsOf(input: unknown): string[] {
  if (typeof input === 'string') return [input];
  return typeof input === 'object' && input !== null ? Object.values(input).flatMap(textsOf) : [];
}
