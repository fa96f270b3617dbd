import { z } from 'zod';
import { dateOnlySchema, idempotencyKeySchema, lateness, listInputOf, moneyInputSchema, moneySchema, optionalTextSchema, textSchema } from '@interdomestik/rules';
import { dayOut, moneyOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { bankCash } from './bank';
import { confirmHandover, returnHandover } from './count';
import { custodyOf } from './custody';
import { handOverCash } from './hand-over';
import { handoverStates, listDeposits, listHandovers } from './handovers';
import { cashPlaces, listCash } from './service';
import { writeOffCash } from './write-off';

const idsInput = z.object({ ids: z.array(z.uuid()).min(1).max(100) });

const receiptOut = z.object({
  id: z.string(), code: z.string(), amount: moneyOut, status: z.enum(cashPlaces), collectedAt: z.date(), handedAt: z.date().nullable(), bankedAt: z.date().nullable(),
  bankSlip: z.string().nullable(), confirmed: z.boolean(), agentId: z.string(), agentName: z.string().nullable(), verifiedBy: z.string().nullable(), branchName: z.string(),
  memberId: z.string().nullable(), memberName: z.string().nullable(), documentId: z.string().nullable(), mine: z.boolean(),
});

const handoverOut = z.object({
  id: z.string(), amount: moneyOut, counted: moneyOut.nullable(), difference: moneyOut.nullable(), receipts: z.number(), handedAt: z.date(), state: z.enum(handoverStates), branchId: z.string(), branchName: z.string(),
  agentId: z.string(), agentName: z.string().nullable(), note: z.string().nullable(), countedAt: z.date().nullable(), countedBy: z.string().nullable(), depositId: z.string().nullable(), slip: z.string().nullable(),
  depositedOn: dayOut.nullable(), mine: z.boolean(),
});

const depositOut = z.object({
  id: z.string(), amount: moneyOut, slip: z.string(), depositedOn: dayOut, bankedAt: z.date(), branchName: z.string(), bankedBy: z.string().nullable(), handovers: z.number(), documentId: z.string().nullable(),
});

const custodyOut = z.object({
  branches: z.array(z.object({
    branchId: z.string(), branchName: z.string(), withCollectors: moneyOut, waiting: moneyOut, inBranch: moneyOut, givenBack: moneyOut, booked: z.object({ withCollectors: moneyOut, inBranch: moneyOut }), agrees: z.boolean(),
  })),
  holders: z.array(z.object({
    agentId: z.string(), agentName: z.string().nullable(), branchId: z.string(), branchName: z.string(), held: moneyOut, waiting: moneyOut, limit: moneyOut.nullable(), oldestAt: z.date().nullable(), late: z.enum(lateness), differences: moneyOut,
  })),
});

export const cashRouter = router({
  list: branchProcedure
    .meta({ permission: 'cash.collect' })
    .input(listInputOf(['collectedAt'], { status: z.array(z.enum(cashPlaces)).max(3), confirmed: z.boolean() }))
    .output(pageOf(receiptOut))
    .query(({ ctx, input }) => listCash(ctx.scope, input)),

  custody: branchProcedure
    .meta({ permission: 'cash.collect' })
    .input(z.void())
    .output(custodyOut)
    .query(({ ctx }) => custodyOf(ctx.scope, ctx.now)),

  handovers: branchProcedure
    .meta({ permission: 'cash.collect' })
    .input(listInputOf(['handedAt'], { state: z.enum(handoverStates) }))
    .output(pageOf(handoverOut))
    .query(({ ctx, input }) => listHandovers(ctx.scope, input)),

  deposits: branchProcedure
    .meta({ permission: 'cash.verify' })
    .input(listInputOf(['bankedAt'], {}))
    .output(pageOf(depositOut))
    .query(({ ctx, input }) => listDeposits(ctx.scope, input)),

  handOver: branchProcedure
    .meta({ permission: 'cash.collect' })
    .input(idsInput)
    .output(z.object({ handovers: z.array(z.object({ id: z.string(), amount: moneyOut, receipts: z.number() })) }))
    .mutation(async ({ ctx, input }) => ({ handovers: await handOverCash(ctx.scope, input.ids, ctx.now) })),

  confirm: branchProcedure
    .meta({ permission: 'cash.verify' })
    .input(z.object({ id: z.uuid(), counted: moneyInputSchema, note: optionalTextSchema(500) }))
    .output(z.object({ moved: z.number(), difference: moneyOut }))
    .mutation(({ ctx, input }) => confirmHandover(ctx.scope, input, ctx.now)),

  giveBack: branchProcedure
    .meta({ permission: 'cash.verify' })
    .input(z.object({ id: z.uuid(), note: textSchema({ min: 1, max: 500 }) }))
    .output(z.object({ moved: z.number() }))
    .mutation(async ({ ctx, input }) => ({ moved: await returnHandover(ctx.scope, input, ctx.now) })),

  bank: branchProcedure
    .meta({ permission: 'cash.verify' })
    .input(idsInput.extend({ slip: textSchema({ min: 1, max: 60 }), depositedOn: dateOnlySchema }))
    .output(z.object({ depositId: z.string(), amount: moneyOut }))
    .mutation(({ ctx, input }) => bankCash(ctx.scope, input, ctx.now)),

  writeOff: branchProcedure
    .meta({ permission: 'cash.writeOff' })
    .input(z.object({ agentId: z.uuid(), branchId: z.uuid(), shown: moneySchema, reason: textSchema({ min: 3, max: 300 }), idempotencyKey: idempotencyKeySchema }))
    .output(z.object({ amount: moneyOut }))
    .mutation(({ ctx, input }) => writeOffCash(ctx.scope, input, ctx.now)),
});
