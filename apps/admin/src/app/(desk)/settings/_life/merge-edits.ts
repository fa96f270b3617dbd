import { sameJson } from '../_editors/paths';

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What one person changed since `base`, put on top of what another one saved: where only one of them touched a field it is theirs, where
 * both did it is `mine`. Lists count as one field, because their entries may have moved.
 */
export function mergeEdits(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (sameJson(base, mine)) return theirs;
  if (!isTree(mine) || !isTree(theirs)) return mine;
  const before: Tree = isTree(base) ? base : {};
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  return Object.fromEntries(names.flatMap((name): [string, unknown][] => {
    if (!Object.hasOwn(mine, name)) return Object.hasOwn(before, name) ? [] : [[name, theirs[name]]];
    if (!Object.hasOwn(theirs, name)) return sameJson(before[name], mine[name]) && Object.hasOwn(before, name) ? [] : [[name, mine[name]]];
    return [[name, mergeEdits(before[name], mine[name], theirs[name])]];
  }));
}
