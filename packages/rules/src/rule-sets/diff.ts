import { byIdentity, isTree } from './identity'
import { canonicalJson } from './merge'

/** One difference between two documents. `moved`: the same entries of a list in another order, by their names. */
export type Change = {
  /** Dotted; entries of lists by their names where they have one: `plans.asistenca.titles.en`. */
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  /** null where nothing stood. */
  readonly before: unknown
  readonly after: unknown
}

/** Everything in which `after` differs from `before`, in the order of the documents. */
export function diffDocuments(before: unknown, after: unknown): Change[] {
  return compare(before, after, '')
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

function compare(before: unknown, after: unknown, path: string): Change[] {
  if (canonicalJson(before) === canonicalJson(after)) return []
  if (isTree(before) && isTree(after)) return members(new Map(Object.entries(before)), new Map(Object.entries(after)), path)
  if (Array.isArray(before) && Array.isArray(after)) {
    const [was, is] = [byIdentity(before), byIdentity(after)]
    if (was !== null && is !== null) return [...members(was, is, path), ...order([...was.keys()], [...is.keys()], path)]
  }
  return [{ path, kind: 'changed', before, after }]
}

function members(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>, path: string): Change[] {
  const removed = [...before].filter(([name]) => !after.has(name)).map(([name, value]): Change => ({ path: below(path, name), kind: 'removed', before: value, after: null }))
  const kept = [...after].flatMap(([name, value]): Change[] =>
    before.has(name) ? compare(before.get(name), value, below(path, name)) : [{ path: below(path, name), kind: 'added', before: null, after: value }],
  )
  return [...removed, ...kept]
}

function order(before: readonly string[], after: readonly string[], path: string): Change[] {
  const [was, is] = [before.filter((name) => after.includes(name)), after.filter((name) => before.includes(name))]
  return was.join('\n') === is.join('\n') ? [] : [{ path, kind: 'moved', before: was, after: is }]
}
