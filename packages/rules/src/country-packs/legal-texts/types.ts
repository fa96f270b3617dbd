import type { LegalTextKey } from '../../rule-sets'

/** What the legal texts of a tenant mention; words are already in the text's language. */
export type LegalFacts = {
  readonly legalName: string
  readonly address: string
  readonly email: string
  readonly phone: string
  /** Data protection law and supervisory authority, as that language names them. */
  readonly dataLaw: string
  readonly authority: string
  /** Whose courts decide, ready to stand after "the courts of". */
  readonly courts: string
  readonly refundDays: number
  readonly graceDays: number
  readonly taxDocumentYears: number
  readonly breachHours: number
}

export type LegalTextsOf = { readonly [K in LegalTextKey]: { readonly title: string; readonly body: string } }
