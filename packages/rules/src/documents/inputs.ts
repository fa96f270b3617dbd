import * as z from 'zod'
import { textSchema } from '../people'
import { documentKindSchema } from '../rule-sets'

export const documentStatuses = ['pending', 'stored', 'rejected'] as const
export type DocumentStatus = (typeof documentStatuses)[number]

/** An upload that is about to begin. The declared type and size are the client's word; the bytes are checked later. */
export const documentUploadInput = z.object({
  claimId: z.uuid().optional(),
  kind: documentKindSchema,
  fileName: textSchema({ min: 1, max: 200 }),
  bytes: z.int().min(1),
  type: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/u, { error: 'errors.document.type' }),
})
