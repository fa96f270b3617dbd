import * as z from 'zod'
import { textSchema } from '../people'

function remainder97(text: string): number {
  let rest = 0
  for (const letter of text) {
    const value = /\d/u.test(letter) ? letter : String(letter.charCodeAt(0) - 55)
    for (const digit of value) rest = (rest * 10 + Number(digit)) % 97
  }
  return rest
}

const bareIban = (text: string): string => text.replace(/[\s.-]/gu, '').toUpperCase()

/** Whether an account number of the international form is one: its check digits bear out the rest. */
export function isIban(text: string): boolean {
  const bare = bareIban(text)
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/u.test(bare) && remainder97(`${bare.slice(4)}${bare.slice(0, 4)}`) === 1
}

/** The same number with check digits that are right. */
export function withCheckDigits(iban: string): string {
  const bare = bareIban(iban)
  return `${bare.slice(0, 2)}${String(98 - remainder97(`${bare.slice(4)}${bare.slice(0, 2)}00`)).padStart(2, '0')}${bare.slice(4)}`
}

/** In groups of four, as it stands on paper. */
export function printIban(iban: string): string {
  return bareIban(iban).replace(/(.{4})(?=.)/gu, '$1 ')
}

export const ibanSchema = z.string().trim().max(60).transform(bareIban).refine(isIban, { error: 'errors.transfer.iban' })

/** Where a tenant's money arrives by transfer, as a payer writes it down. */
export const bankDetailsSchema = z.object({
  beneficiary: textSchema({ min: 2, max: 140 }),
  address: textSchema({ min: 2, max: 140 }),
  iban: ibanSchema,
  bank: textSchema({ min: 2, max: 100 }),
  /** Of the bank, for transfers from abroad; empty is none. */
  swift: z.union([z.literal('').transform(() => null), z.null(), z.string().trim().toUpperCase().regex(/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/u, { error: 'errors.transfer.swift' })]),
})
export type BankDetails = z.output<typeof bankDetailsSchema>

/** A tenant's bank account as an admin brings it in or corrects it; the account of a currency is one. */
export const setBankAccountInput = z.object({ id: z.uuid(), name: textSchema({ min: 2, max: 80 }), details: bankDetailsSchema })
