import * as z from 'zod'
import { localeSchema } from '../locales'
import { emailSchema, nameSchema } from '../people'

/** A colleague who is to look after the platform; the language is the one of the invitation and of the account. */
export const inviteSuperAdminInput = z.object({ name: nameSchema, email: emailSchema, locale: localeSchema })
export type InviteSuperAdminInput = z.output<typeof inviteSuperAdminInput>
