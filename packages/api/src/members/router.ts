import { z } from 'zod';
import { byIdInput, emailSchema, listInputOf, membershipStatuses, nameSchema, optionalTextSchema } from '@interdomestik/rules';
import { moneyOut, ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { listMembers, memberFilters } from './list';
import { getMember, updateContact } from './service';

const statusOut = z.enum(membershipStatuses);

const memberRow = z.object({
  id: z.string(), memberNumber: z.string().nullable(), firstName: z.string(), lastName: z.string(), email: z.string().nullable(), phone: z.string().nullable(),
  city: z.string().nullable(), branchName: z.string(), planCode: z.string(), status: statusOut, endsOn: z.string().nullable(), createdAt: z.date(),
});

const memberOut = z.object({
  id: z.string(), memberNumber: z.string().nullable(), firstName: z.string(), lastName: z.string(), email: z.string().nullable(), phone: z.string().nullable(),
  personalNumber: z.string().nullable(), birthDate: z.string().nullable(), address: z.string().nullable(), city: z.string().nullable(), locale: z.string(),
  status: z.string(), emailVerified: z.boolean(), createdAt: z.date(), branchId: z.string().nullable(), branchName: z.string(), agentName: z.string().nullable(), hasCard: z.boolean(),
  memberships: z.array(z.object({
    id: z.string(), planCode: z.string(), status: statusOut, channel: z.string(), startsOn: z.string().nullable(), endsOn: z.string().nullable(), price: moneyOut, createdAt: z.date(),
  })),
  payments: z.array(z.object({
    id: z.string(), method: z.string(), status: z.string(), amount: moneyOut, refunded: moneyOut, paidAt: z.date().nullable(), createdAt: z.date(),
  })),
  claims: z.array(z.object({
    id: z.string(), code: z.string().nullable(), status: z.string(), category: z.string(), createdAt: z.date(), submittedAt: z.date().nullable(),
    counterparty: z.string().nullable(), claimed: moneyOut.nullable(),
  })),
  documents: z.array(z.object({
    id: z.string(), entity: z.string(), fileName: z.string(), mime: z.string(), status: z.string(), sizeBytes: z.number().nullable(), createdAt: z.date(),
  })),
  invoices: z.array(z.object({ id: z.string(), code: z.string(), status: z.string(), issuedOn: z.string(), total: moneyOut, documentId: z.string().nullable() })),
  policies: z.array(z.object({ id: z.string(), insurer: z.string(), policyNumber: z.string(), kind: z.string(), endsOn: z.string().nullable() })),
});

const listIn = listInputOf(['createdAt'], memberFilters);
const contactIn = byIdInput.extend({
  firstName: nameSchema, lastName: nameSchema, phone: z.string().max(40).nullable(), email: emailSchema.nullable(),
  address: optionalTextSchema(200), city: optionalTextSchema(100),
});

export const membersRouter = router({
  list: branchProcedure.meta({ permission: 'members.read' }).input(listIn).output(pageOf(memberRow))
    .query(({ ctx, input }) => listMembers(ctx.scope, { cursor: input.cursor, limit: input.limit, search: input.search, ...input.filters })),
  get: branchProcedure.meta({ permission: 'members.read' }).input(byIdInput).output(memberOut).query(({ ctx, input }) => getMember(ctx.scope, input.id)),
  updateContact: branchProcedure.meta({ permission: 'members.write' }).input(contactIn).output(okOut)
    .mutation(async ({ ctx, input: { id, ...change } }) => {
      await updateContact(ctx.scope, id, { ...change, address: change.address ?? null, city: change.city ?? null }, ctx.now);
      return ok;
    }),
});
