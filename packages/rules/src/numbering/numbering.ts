import { DomainError } from '../errors'

/** Values a number is made of. */
export type NumberValues = { readonly country: string; readonly year: number; readonly n: bigint | number; readonly series?: string }

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'country' | 'year' | 'series' }
  | { readonly kind: 'n'; readonly width: number }

export type NumberPattern = {
  readonly parts: readonly Part[]
  /** True when the pattern shows the year, so that counting starts anew with each. */
  readonly perYear: boolean
}

const token = /\{([a-z]+)(?::(\d{1,2}))?\}/gu

function refuse(): DomainError {
  return new DomainError('INVALID', 'errors.numberPattern')
}

function partOf(name: string, width: string | undefined): Part {
  if (name === 'n') {
    const digits = Number(width ?? '1')
    if (digits < 1 || digits > 12) throw refuse()
    return { kind: 'n', width: digits }
  }
  if (width !== undefined) throw refuse()
  if (name === 'country' || name === 'year' || name === 'series') return { kind: name }
  throw refuse()
}

/**
 * Reads a pattern such as `CLM-{country}-{year}-{n:6}`: tokens {country}, {year}, {series} and exactly one {n} or
 * {n:width}; other characters are letters, digits, space, `-`, `/` or `.`. Throws DomainError `errors.numberPattern`.
 */
export function parseNumberPattern(pattern: string): NumberPattern {
  if (pattern.length > 60) throw refuse()
  const parts: Part[] = []
  let at = 0
  const text = (to: number) => {
    const between = pattern.slice(at, to)
    if (between === '') return
    if (!/^[\p{L}\d /.-]+$/u.test(between)) throw refuse()
    parts.push({ kind: 'text', text: between })
  }
  for (const match of pattern.matchAll(token)) {
    text(match.index)
    parts.push(partOf(match[1] ?? '', match[2]))
    at = match.index + match[0].length
  }
  text(pattern.length)
  if (parts.filter(({ kind }) => kind === 'n').length !== 1) throw refuse()
  return { parts, perYear: parts.some(({ kind }) => kind === 'year') }
}

/** `CLM-MK-2026-000001`. A number wider than its width is written in full, never cut. */
export function formatNumber(pattern: string, values: NumberValues): string {
  if (BigInt(values.n) < 1n) throw refuse()
  return parseNumberPattern(pattern)
    .parts.map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text
        case 'n':
          return values.n.toString().padStart(part.width, '0')
        case 'year':
          return String(values.year).padStart(4, '0')
        case 'country':
          return values.country
        case 'series':
          return values.series ?? ''
      }
    })
    .join('')
}

/** Reads a formatted number back, or null when it is not of the pattern. */
export function readNumber(pattern: string, text: string): { readonly n: bigint; readonly year: number | null } | null {
  const source = parseNumberPattern(pattern).parts.map((part) => {
    if (part.kind === 'text') return part.text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&')
    if (part.kind === 'n') return `(?<n>\\d{${String(part.width)},15})`
    return part.kind === 'year' ? '(?<year>\\d{4})' : '[A-Z0-9]*'
  })
  const groups = new RegExp(`^${source.join('')}$`).exec(text)?.groups
  if (groups?.['n'] === undefined) return null
  return { n: BigInt(groups['n']), year: groups['year'] === undefined ? null : Number(groups['year']) }
}
