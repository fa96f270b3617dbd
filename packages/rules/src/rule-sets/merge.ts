import { isTree } from './identity'
import type { Tree } from './identity'

/** Names as they stand, so that no name of a document ever reaches a prototype. */
const treeOf = (entries: Iterable<readonly [string, unknown]>): Tree => Object.fromEntries(entries)

/** A document with a JSON merge patch (RFC 7396) laid over it: objects are merged, everything else replaces, null takes away. */
export function mergePatch(base: unknown, patch: unknown): unknown {
  if (!isTree(patch)) return patch
  const merged = new Map(Object.entries(isTree(base) ? base : {}))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), value))
  }
  return treeOf(merged)
}

/** The smallest merge patch that makes `after` of `before`; `{}` when they are the same. */
export function mergePatchOf(before: unknown, after: unknown): unknown {
  if (!isTree(before) || !isTree(after)) return after
  const patch = new Map<string, unknown>()
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) patch.set(name, null)
  for (const [name, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, name)) patch.set(name, value)
    else if (canonicalJson(before[name]) !== canonicalJson(value)) patch.set(name, isTree(value) ? mergePatchOf(before[name], value) : value)
  }
  return treeOf(patch)
}

/** Paths that a patch takes away, as lists of names. */
export function removalsOf(patch: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (!isTree(patch)) return []
  return Object.entries(patch).flatMap(([name, value]) => (value === null ? [[...path, name]] : removalsOf(value, [...path, name])))
}

/** The same document with null at those paths, where their parents are objects. */
export function withNulls(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (!isTree(value) || paths.length === 0) return value
  const made = new Map(Object.entries(value))
  for (const [name, ...rest] of paths) {
    if (name === undefined) continue
    made.set(name, rest.length === 0 ? null : withNulls(made.get(name), [rest]))
  }
  return treeOf(made)
}

/** True for a patch that changes nothing: an override that was taken back. */
export const isEmptyPatch = (patch: unknown): boolean => isTree(patch) && Object.keys(patch).length === 0

/**
 * JSON of a document with the names of every object in order, so that the same document always has the same text, and so the same
 * hash. Amounts may be bigint or text.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return JSON.stringify(value.toString())
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item ?? null)).join()}]`
  if (!isTree(value)) return JSON.stringify(value ?? null)
  return `{${Object.keys(value).toSorted().filter((name) => value[name] !== undefined).map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join()}}`
}
