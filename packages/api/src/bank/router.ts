import { z } from 'zod';
import { bankLineStatuses, byIdInput, listInputOf, openReasons, statementFields, textSchema } from '@interdomestik/rules';
import { dayOut, moneyOut, ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { bankSummary, candidatesFor, ignoreLine, listLines, matchByHand, payoutLine, payRefund, refundsFor, reopenLine, returnHeld } from './review';
import { listStatements, previewStatement, takeStatement } from './statements';

const statementInput = z.object({
  accountId: z.uuid(), name: z.string().trim().min(1).max(200), data: z.base64().max(940_000), mapping: z.array(z.enum(statementFields).nullable()).max(60).optional(),
});

const lineOut = z.object({
  id: z.string(), statementId: z.string(), bookedOn: dayOut, amount: moneyOut, payer: z.string(), payerAccount: z.string(), purpose: z.string(), reference: z.string(), status: z.enum(bankLineStatuses), reason: z.enum(openReasons).nullable(),
  held: moneyOut.nullable(), paymentId: z.string().nullable(), saleReference: z.string().nullable(), memberId: z.string().nullable(), memberName: z.string().nullable(), depositId: z.string().nullable(), decidedAt: z.date().nullable(), note: z.string().nullable(),
});

const candidateOut = z.object({
  paymentId: z.string(), memberId: z.string(), memberName: z.string(), planTitle: z.string(), reference: z.string(), state: z.enum(['waiting', 'paid', 'lapsed']), missing: moneyOut, outcome: z.enum(['exact', 'part', 'more', 'kept']),
  because: z.enum(['reference', 'name', 'amount']), expiresOn: z.string().nullable(),
});

const work = branchProcedure.meta({ permission: 'bank.reconcile' });

export const bankRouter = router({
  statements: work.input(z.void())
    .output(z.object({
      accounts: z.array(z.object({ id: z.string(), name: z.string(), currency: z.string() })),
      statements: z.array(z.object({ id: z.string(), accountId: z.string(), fileName: z.string(), lines: z.number(), fresh: z.number(), createdAt: z.date() })),
    }))
    .query(({ ctx }) => listStatements(ctx.scope)),

  summary: work.input(z.void()).output(z.object({ open: z.number(), fresh: z.number(), kept: z.number(), held: z.array(moneyOut) })).query(({ ctx }) => bankSummary(ctx.scope)),

  // a look that keeps nothing; a mutation because of the file that it carries
  preview: work.input(statementInput)
    .output(z.object({
      header: z.array(z.string()), mapping: z.array(z.enum(statementFields).nullable()), encoding: z.string(), isEncodingCertain: z.boolean(), lines: z.number(), sample: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
      totals: z.object({ incoming: moneyOut, outgoing: moneyOut }).nullable(), problems: z.array(z.object({ line: z.number(), problem: z.string() })),
    }))
    .mutation(({ ctx, input }) => previewStatement(ctx.scope, input)),

  take: work.input(statementInput).output(z.object({ id: z.string(), lines: z.number(), fresh: z.number() })).mutation(({ ctx, input }) => takeStatement(ctx.scope, input, ctx.now)),

  lines: work.input(listInputOf(['bookedOn'], { status: z.array(z.enum(bankLineStatuses)).max(10), statementId: z.uuid().optional() }).omit({ search: true })).output(pageOf(lineOut)).query(({ ctx, input }) => listLines(ctx.scope, input)),

  candidates: work.input(byIdInput).output(z.array(candidateOut)).query(({ ctx, input }) => candidatesFor(ctx.scope, input.id, ctx.locale, ctx.now)),

  matchLine: work.input(byIdInput.extend({ paymentId: z.uuid() })).output(z.object({ status: z.enum(['booked', 'held']) })).mutation(({ ctx, input }) => matchByHand(ctx.scope, input, ctx.now)),

  ignoreLine: work.input(byIdInput.extend({ note: textSchema({ min: 2, max: 200 }) })).output(okOut).mutation(async ({ ctx, input }) => { await ignoreLine(ctx.scope, input, ctx.now); return ok; }),

  reopenLine: work.input(byIdInput).output(okOut).mutation(async ({ ctx, input }) => { await reopenLine(ctx.scope, input.id, ctx.now); return ok; }),

  returnHeld: work.input(byIdInput.extend({ bankReference: textSchema({ min: 2, max: 80 }) })).output(okOut).mutation(async ({ ctx, input }) => { await returnHeld(ctx.scope, input, ctx.now); return ok; }),

  refundsFor: branchProcedure
    .meta({ permission: 'bank.reconcile' })
    .input(byIdInput)
    .output(z.array(z.object({ refundId: z.string(), memberName: z.string(), amount: moneyOut, reference: z.string(), iban: z.string().nullable(), askedAt: z.date() })))
    .query(({ ctx, input }) => refundsFor(ctx.scope, input.id)),

  payRefund: branchProcedure
    .meta({ permission: 'bank.reconcile' })
    .input(z.object({ id: z.uuid(), refundId: z.uuid() }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => { await payRefund(ctx.scope, input, ctx.now); return ok; }),

  payoutLine: branchProcedure
    .meta({ permission: 'bank.reconcile' })
    .input(byIdInput)
    .output(okOut)
    .mutation(async ({ ctx, input }) => { await payoutLine(ctx.scope, input.id, ctx.now); return ok; }),
});
