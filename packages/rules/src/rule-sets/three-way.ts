import { byIdentity, isTree } from './identity'
import { canonicalJson } from './merge'

/** A place that both sides have changed, each in its own way. */
export type Clash = { readonly path: string; readonly base: unknown; readonly mine: unknown; readonly theirs: unknown }

export type Merged = {
  /** With mine or theirs, as asked, where the two clash. */
  readonly value: unknown
  readonly clashes: readonly Clash[]
}

const nothing = Symbol('nothing stands there')
type Side = unknown

const same = (a: Side, b: Side): boolean => a === b || (a !== nothing && b !== nothing && canonicalJson(a) === canonicalJson(b))
const told = (value: Side): unknown => (value === nothing ? null : value)
const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** My changes of `base` made again on theirs. Entries of lists are matched by their names. `keep` decides where both changed the same place. */
export function mergeThree(base: unknown, mine: unknown, theirs: unknown, keep: 'mine' | 'theirs' = 'mine'): Merged {
  const clashes: Clash[] = []
  return { value: told(merge(base, mine, theirs, '', keep, clashes)), clashes }
}

function merge(base: Side, mine: Side, theirs: Side, path: string, keep: 'mine' | 'theirs', clashes: Clash[]): Side {
  if (same(mine, base) || same(mine, theirs)) return theirs
  if (same(theirs, base)) return mine
  if (isTree(mine) && isTree(theirs)) {
    const was = isTree(base) ? base : {}
    const merged = members(new Map(Object.entries(was)), new Map(Object.entries(mine)), new Map(Object.entries(theirs)), path, keep, clashes)
    return Object.fromEntries(merged)
  }
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    const [was, my, their] = [byIdentity(Array.isArray(base) ? base : []), byIdentity(mine), byIdentity(theirs)]
    if (was !== null && my !== null && their !== null) return inOrder(was, my, their, members(was, my, their, path, keep, clashes), path, keep, clashes)
  }
  clashes.push({ path, base: told(base), mine: told(mine), theirs: told(theirs) })
  return keep === 'mine' ? mine : theirs
}

type Named = ReadonlyMap<string, unknown>
const at = (named: Named, name: string): Side => (named.has(name) ? named.get(name) : nothing)

function members(base: Named, mine: Named, theirs: Named, path: string, keep: 'mine' | 'theirs', clashes: Clash[]): Map<string, unknown> {
  const merged = new Map<string, unknown>()
  for (const name of new Set([...theirs.keys(), ...mine.keys(), ...base.keys()])) {
    const value = merge(at(base, name), at(mine, name), at(theirs, name), below(path, name), keep, clashes)
    if (value !== nothing) merged.set(name, value)
  }
  return merged
}

/** A list in the order of whoever changed the order, theirs when nobody did; what the other side added comes last. */
function inOrder(base: Named, mine: Named, theirs: Named, merged: ReadonlyMap<string, unknown>, path: string, keep: 'mine' | 'theirs', clashes: Clash[]): unknown[] {
  const common = (named: Named): string => [...named.keys()].filter((name) => base.has(name) && mine.has(name) && theirs.has(name)).join('\n')
  const [was, my, their] = [common(base), common(mine), common(theirs)]
  if (my !== was && their !== was && my !== their) clashes.push({ path, base: [...base.keys()], mine: [...mine.keys()], theirs: [...theirs.keys()] })
  const leading = my !== was && (their === was || keep === 'mine') ? mine : theirs
  const names = [...new Set([...leading.keys(), ...merged.keys()])].filter((name) => merged.has(name))
  return names.map((name) => merged.get(name))
}
