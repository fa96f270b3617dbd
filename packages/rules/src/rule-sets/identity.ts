/** What tells the entries of a list apart, so that one is found again after another was put before it. */
const identifying = ['code', 'key', 'state', 'category', 'method', 'event', 'currency'] as const

export type Tree = Readonly<Record<string, unknown>>
export const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The name of an entry among its like; null for one that has none. */
export function identityOf(item: unknown): string | null {
  if (!isTree(item)) return null
  const { from, to } = item
  if (typeof from === 'string' && typeof to === 'string') return `${from}>${to}`
  for (const name of identifying) {
    const value = item[name]
    if (typeof value === 'string') return value
  }
  return null
}

/** Entries by their names, in order; null when one has no name or two have the same. */
export function byIdentity(list: readonly unknown[]): ReadonlyMap<string, unknown> | null {
  const named = new Map<string, unknown>()
  for (const item of list) {
    const name = identityOf(item)
    if (name === null || named.has(name)) return null
    named.set(name, item)
  }
  return named
}

export type Found = {
  /** The path with entries of lists by their names, so that it fits earlier versions too. */
  readonly path: readonly string[]
  readonly value: unknown
}

/**
 * What stands at a dotted path of a document; entries of lists by name or by number. Names may have dots themselves. Undefined when
 * nothing stands there.
 */
export function findAt(document: unknown, path: string): Found | undefined {
  return step(document, path === '' ? [] : path.split('.'), [])
}

function step(value: unknown, rest: readonly string[], path: readonly string[]): Found | undefined {
  if (rest.length === 0) return { path, value }
  if (Array.isArray(value)) {
    for (let taken = 1; taken <= rest.length; taken += 1) {
      const name = rest.slice(0, taken).join('.')
      const item = value.find((one: unknown) => identityOf(one) === name) as unknown
      if (item !== undefined) return step(item, rest.slice(taken), [...path, name])
    }
    const index = /^\d{1,6}$/u.test(rest[0] ?? '') ? Number(rest[0]) : -1
    if (index < 0 || index >= value.length) return undefined
    const item = value[index] as unknown
    return step(item, rest.slice(1), [...path, identityOf(item) ?? String(index)])
  }
  const [name = '', ...more] = rest
  return isTree(value) && Object.hasOwn(value, name) ? step(value[name], more, [...path, name]) : undefined
}
