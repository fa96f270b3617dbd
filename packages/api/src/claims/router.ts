import { z } from 'zod';
import {
  byIdInput, claimCategories, claimCategorySchema, claimMoveInput, claimStatuses, claimSubmitInput, currencySchema, dateOnlySchema, documentKinds, excludedCategories, gates, listInputOf,
  moneyInputSchema, rejectReasons, textSchema,
} from '@interdomestik/rules';
import { documentEntities, documentStatusesStored } from '../documents/service';
import { dayOut, moneyOut, ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router, tenantProcedure } from '../trpc';
import { claimEligibility } from './coverage';
import { saveDraft, startClaim } from './draft';
import { agreeToClaim, assignClaim, claimHandlers, moveClaim, noteClaim, recordOutcome } from './handle';
import { claimFilters, getClaim, listClaims, myClaims } from './read';
import { submitClaim } from './submit';

const stageOut = z.object({
  id: z.string(), code: z.string().nullable(), category: z.enum(claimCategories), status: z.enum(claimStatuses), submittedAt: z.date().nullable(), createdAt: z.date(), updatedAt: z.date(),
  packComplete: z.boolean(), slaDueAt: z.date().nullable(), overdue: z.boolean(), priority: z.enum(['normal', 'urgent']),
});

const whyOut = z.object({
  version: z.number(), source: z.enum(['branch', 'tenant', 'pack']), branchId: z.string().nullable(),
  steps: z.array(z.string()).readonly(),
}).nullable();

const deadlineOut = z.object({
  since: z.date().nullable(), dueAt: z.date().nullable(), by: z.enum(['triage', 'stage', 'none', 'documents']), hours: z.number().nullable(), minutesLeft: z.number().nullable(),
  priority: z.enum(['normal', 'urgent']), route: z.string().nullable(), why: whyOut,
});

const eventOut = z.object({
  id: z.string(), kind: z.string(), fromStatus: z.string().nullable(), toStatus: z.string().nullable(), note: z.string().nullable(), visibleToMember: z.boolean(), createdAt: z.date(),
  by: z.enum(['system', 'member', 'staff']), actorName: z.string().nullable(), why: whyOut,
});

const documentOut = z.object({
  id: z.string(), entity: z.enum(documentEntities), entityId: z.string(), kind: z.enum(documentKinds).nullable(), fileName: z.string(), mime: z.string(),
  sizeBytes: z.number().nullable(), status: z.enum(documentStatusesStored), rejectReason: z.string().nullable(), createdAt: z.date(),
});

const claimOut = stageOut.extend({
  incidentOn: dayOut.nullable(), counterparty: z.string(), description: z.string(), currency: z.string(), claimed: moneyOut.nullable(), recovered: moneyOut.nullable(), fee: moneyOut.nullable(), feeWhy: whyOut,
  noFeeReason: z.string().nullable(), rejectReason: z.enum(rejectReasons).nullable(), guidanceOnly: z.boolean(), missingDocuments: z.array(z.enum(documentKinds)), triageHours: z.number(),
  deadline: deadlineOut.nullable(),
  agreement: z.object({ signed: z.boolean(), feeAuthorisedAt: z.date().nullable(), legalCapAcceptedAt: z.date().nullable() }),
  plan: z.object({ code: z.string(), successFeeBp: z.number().nullable(), capBp: z.number().nullable() }).nullable(),
  member: z.object({ id: z.string(), name: z.string(), memberNumber: z.string().nullable(), phone: z.string().nullable(), email: z.string().nullable() }),
  branchName: z.string(), handlerId: z.string().nullable(), handlerName: z.string().nullable(), events: z.array(eventOut), documents: z.array(documentOut),
  nextStates: z.array(z.object({
    to: z.enum(claimStatuses), allowed: z.boolean(), missingGates: z.array(z.enum(gates)).readonly(), missingDocuments: z.array(z.enum(documentKinds)).readonly(),
    unmet: z.string().nullable(),
  })),
  rejectReasons: z.array(z.enum(rejectReasons)),
});

/** A draft as it is saved step by step: what is absent stays, what is empty is emptied. */
export const claimSaveInput = byIdInput.extend({
  category: claimCategorySchema.optional(),
  incidentOn: z.union([z.literal('').transform(() => null), dateOnlySchema, z.null()], { error: 'errors.date' }).optional(),
  counterparty: textSchema({ max: 200 }).optional(),
  description: textSchema({ max: 5000 }).optional(),
  amountClaimed: moneyInputSchema.nullable().optional(),
});

const amountInput = z.object({ minor: z.bigint().min(0n).max(999_999_999_999n), currency: currencySchema });

export const claimsRouter = router({
  eligibility: tenantProcedure
    .meta({ permission: 'claims.submit' })
    .input(z.void())
    .output(z.object({
      covered: z.boolean(), coveredFrom: dayOut.nullable(), planTitle: z.string().nullable(), mattersPerYear: z.number().nullable(), mattersLeft: z.number().nullable(), triageHours: z.number(),
      categories: z.array(z.object({ category: z.enum(claimCategories), scope: z.enum(['assisted', 'guidance']), requiredDocuments: z.array(z.enum(documentKinds)) })),
      excluded: z.array(z.enum(excludedCategories)),
    }))
    .query(({ ctx }) => claimEligibility(ctx.scope, ctx.locale, ctx.now)),

  start: tenantProcedure
    .meta({ permission: 'claims.submit' })
    .input(z.object({ category: claimCategorySchema }))
    .output(z.object({ id: z.string() }))
    .mutation(async ({ ctx, input }) => ({ id: await startClaim(ctx.scope, input.category, ctx.now) })),

  saveDraft: tenantProcedure
    .meta({ permission: 'claims.submit' })
    .input(claimSaveInput)
    .output(okOut)
    .mutation(async ({ ctx, input: { id, ...change } }) => {
      await saveDraft(ctx.scope, id, change, ctx.now);
      return ok;
    }),

  submit: tenantProcedure
    .meta({ permission: 'claims.submit' })
    .input(claimSubmitInput.extend(byIdInput.shape))
    .output(z.object({ id: z.string(), code: z.string(), missing: z.array(z.string()) }))
    .mutation(async ({ ctx, input }) => {
      const { id, code, missing } = await submitClaim(ctx.scope, input, ctx.now);
      return { id, code, missing: [...missing] };
    }),

  mine: tenantProcedure
    .meta({ permission: 'claims.read' })
    .input(z.void())
    .output(z.array(stageOut.extend({ incidentOn: dayOut.nullable(), counterparty: z.string(), claimed: moneyOut.nullable() })))
    .query(({ ctx }) => myClaims(ctx.scope, ctx.now)),

  get: tenantProcedure
    .meta({ permission: 'claims.read' })
    .input(byIdInput)
    .output(claimOut)
    .query(({ ctx, input }) => getClaim(ctx.scope, input.id, ctx.locale, ctx.now)),

  list: branchProcedure
    .meta({ permission: 'claims.stage' })
    .input(listInputOf(['createdAt', 'due'], claimFilters))
    .output(pageOf(stageOut.extend({
      memberId: z.string(), memberName: z.string(), memberNumber: z.string().nullable(), branchName: z.string(), handlerId: z.string().nullable(), handlerName: z.string().nullable(),
      content: z.object({ counterparty: z.string(), incidentOn: dayOut.nullable(), claimed: moneyOut.nullable() }).nullable(),
    })))
    .query(({ ctx, input }) => listClaims(ctx.scope, input, ctx.now)),

  move: branchProcedure
    .meta({ permission: 'claims.handle' })
    .input(claimMoveInput)
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await moveClaim(ctx.scope, input, ctx.now);
      return ok;
    }),

  handlers: branchProcedure
    .meta({ permission: 'claims.handle' })
    .input(byIdInput)
    .output(z.array(z.object({ id: z.string(), firstName: z.string(), lastName: z.string() })))
    .query(({ ctx, input }) => claimHandlers(ctx.scope, input.id)),

  assign: branchProcedure
    .meta({ permission: 'claims.handle' })
    .input(byIdInput.extend({ handlerId: z.uuid().nullable() }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await assignClaim(ctx.scope, input, ctx.now);
      return ok;
    }),

  note: branchProcedure
    .meta({ permission: 'claims.handle' })
    .input(byIdInput.extend({ text: textSchema({ min: 1, max: 2000 }), visibleToMember: z.boolean() }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await noteClaim(ctx.scope, input, ctx.now);
      return ok;
    }),

  recordOutcome: branchProcedure
    .meta({ permission: 'claims.handle' })
    .input(z.union([byIdInput.extend({ recovered: amountInput, legalCosts: amountInput.optional() }), byIdInput.extend({ noFeeReason: textSchema({ min: 3, max: 500 }) })]))
    .output(z.object({ fee: moneyOut.nullable() }))
    .mutation(async ({ ctx, input }) => ({ fee: await recordOutcome(ctx.scope, input, ctx.now) })),

  agree: tenantProcedure
    .meta({ permission: 'claims.submit' })
    .input(byIdInput.extend({ to: z.enum(['fee', 'legalCap']) }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await agreeToClaim(ctx.scope, input, ctx.now);
      return ok;
    }),
});
