import { byIdentity, identityOf } from '@interdomestik/rules/rule-sets';
import { sameJson, valueAt } from '../_editors/paths';

/** One step down a document: a field by its name, or an entry of a list by what makes it that entry. */
export type Step = { readonly name: string } | { readonly id: string; readonly item: unknown };

/** One place where two documents differ; undefined: there is nothing on that side. */
export interface Difference {
  readonly steps: readonly Step[];
  readonly before: unknown;
  readonly after: unknown;
}

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const isAmount = (value: unknown): boolean => isTree(value) && Object.keys(value).length === 2 && 'minor' in value && 'currency' in value;

/** Values that a person reads as one: plain ones, amounts, lists without entries of their own, and conditions. */
const isWhole = (value: unknown): boolean => !isTree(value) || isAmount(value);

function lists(before: readonly unknown[], after: readonly unknown[], steps: readonly Step[]): Difference[] {
  const [left, right] = [byIdentity(before), byIdentity(after)];
  // amounts of several currencies are one price
  if (left === null || right === null || [...before, ...after].every(isAmount)) return [{ steps, before, after }];
  const ids = [...new Set([...left.keys(), ...right.keys()])];
  const found = ids.flatMap((id) => between(left.get(id), right.get(id), [...steps, { id, item: right.get(id) ?? left.get(id) }]));
  // the same entries in another order decide otherwise where the first that fits counts
  return found.length === 0 ? [{ steps, before, after }] : found;
}

function between(before: unknown, after: unknown, steps: readonly Step[]): Difference[] {
  if (sameJson(before, after)) return [];
  const last = steps.at(-1);
  if (Array.isArray(before) && Array.isArray(after)) return lists(before, after, steps);
  if (isWhole(before) || isWhole(after) || (last !== undefined && 'name' in last && last.name === 'when')) return [{ steps, before, after }];
  const names = [...new Set([...Object.keys(before as Tree), ...Object.keys(after as Tree)])];
  return names.flatMap((name) => between((before as Tree)[name], (after as Tree)[name], [...steps, { name }]));
}

/** Every place where two documents differ, as far down as a person would name it: the rate of a category, the price of a plan. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  return between(before, after, []);
}

/** The lines of a value that came or went as a whole: what stands in it, leaf by leaf. */
export function leavesOf(value: unknown): Difference[] {
  if (!isTree(value) || isAmount(value)) return [];
  return between({}, value, []).filter(({ after }) => after !== null && !(Array.isArray(after) && after.length === 0));
}

/** The steps to a path of a document, `rates.0.rateBp`, so that an issue is named like a difference. */
export function stepsTo(doc: unknown, path: string): Step[] {
  const parts = path === '' ? [] : path.split('.');
  return parts.map((part, index): Step => {
    const parent = valueAt(doc, parts.slice(0, index).join('.'));
    if (!Array.isArray(parent)) return { name: part };
    const item = parent[Number(part)] as unknown;
    return { id: identityOf(item) ?? String(Number(part) + 1), item };
  });
}
