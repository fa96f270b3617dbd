import { z } from 'zod';
import { byIdInput, leadInput, leadMoveInput, leadSources, leadStatuses, listInputOf } from '@interdomestik/rules';
import { ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router, tenantProcedure } from '../trpc';
import { myReferral } from './referral';
import { createLead, getLead, listLeads, moveLead } from './service';

const leadOut = z.object({
  id: z.string(), firstName: z.string(), lastName: z.string(), phone: z.string().nullable(), email: z.string().nullable(), note: z.string(),
  status: z.enum(leadStatuses), nextStatuses: z.array(z.enum(leadStatuses)), source: z.enum(leadSources), planCode: z.string().nullable(),
  ownerId: z.string(), ownerName: z.string(), branchId: z.string(), branchName: z.string(),
  /** Only for those who may read members. */
  memberId: z.string().nullable(), createdAt: z.date(), updatedAt: z.date(),
});

const referralOut = z.object({
  code: z.string(), link: z.string(), qrSvg: z.string(), counts: z.object({ leads: z.number(), joined: z.number(), active: z.number() }),
});

const listIn = listInputOf(['createdAt'], { status: z.enum(leadStatuses), source: z.enum(leadSources), ownerId: z.uuid() });

const read = branchProcedure.meta({ permission: 'leads.read' });
const write = branchProcedure.meta({ permission: 'leads.write' });

export const leadsRouter = router({
  list: read.input(listIn).output(pageOf(leadOut))
    .query(({ ctx, input }) => listLeads(ctx.scope, { cursor: input.cursor, limit: input.limit, search: input.search, ...input.filters })),
  get: read.input(byIdInput).output(leadOut).query(({ ctx, input }) => getLead(ctx.scope, input.id)),
  create: write.input(leadInput.safeExtend({ ownerId: z.uuid().optional() })).output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => createLead(ctx.scope, input, ctx.now)),
  move: write.input(leadMoveInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await moveLead(ctx.scope, input, ctx.now); return ok; }),
  myReferral: tenantProcedure.meta({ permission: 'referrals.read' }).output(referralOut).query(({ ctx }) => myReferral(ctx.scope, ctx.now)),
});
