import { z } from 'zod';
import { legalTextKeys, localeSchema } from '@interdomestik/rules';
import { pageOf } from '../shapes';
import { branchProcedure } from '../trpc';
import { acceptancesOf, acceptedText, listAcceptances } from './acceptances';
import { samplePaper, samplePapers } from './sample-paper';
import { holidaysOf, tryCalendar, tryCalendarInput } from './try-calendar';

const keySchema = z.enum(legalTextKeys);
const versionSchema = z.int().min(1).max(1_000_000);
const hashSchema = z.string().length(64, { error: 'errors.choice' });
const read = branchProcedure.meta({ permission: 'settings.read' });

/** What the editors of rules ask beside the life of a version. None of it writes. */
export const ruleTools = {
  acceptances: read
    .input(z.object({ key: keySchema }))
    .output(z.object({
      key: keySchema, current: z.number(), newest: z.number(), reached: z.object({ members: z.number(), accepted: z.number() }).nullable(),
      versions: z.array(z.object({
        version: z.number(), from: z.date().nullable(), languages: z.array(localeSchema), accepted: z.number(), declined: z.number(), firstAt: z.date().nullable(), lastAt: z.date().nullable(),
      })),
    }))
    .query(({ ctx, input }) => acceptancesOf(ctx.scope, input.key, ctx.now)),

  acceptanceList: read
    .input(z.object({ key: keySchema, version: versionSchema, cursor: z.string().max(1500).optional(), limit: z.int().min(1).max(100).default(25) }))
    .output(pageOf(z.object({
      id: z.string(), memberId: z.string(), name: z.string(), memberNumber: z.string().nullable(), acceptedAt: z.date(), locale: localeSchema.nullable(), accepted: z.boolean(), hash: z.string(),
    })))
    .query(({ ctx, input }) => listAcceptances(ctx.scope, input)),

  acceptedText: read
    .input(z.object({ key: keySchema, hash: hashSchema }))
    .output(z.object({ key: keySchema, version: z.number(), locale: localeSchema, title: z.string(), body: z.string(), hash: z.string(), ruleVersion: z.number(), from: z.date().nullable() }))
    .query(({ ctx, input }) => acceptedText(ctx.scope, input)),

  holidays: read
    .input(z.object({ country: z.string().regex(/^[A-Z]{2}$/u, { error: 'errors.choice' }).nullable() }))
    .output(z.object({ country: z.string(), days: z.array(z.object({ date: z.string(), name: z.string() })) }))
    .query(({ ctx, input }) => holidaysOf(ctx.scope, input.country, ctx.locale, ctx.now)),

  // a mutation because a draft is too long for an address; it changes nothing
  tryCalendar: read
    .input(tryCalendarInput)
    .output(z.object({ dueAt: z.date().nullable() }))
    .mutation(({ input }) => ({ dueAt: tryCalendar(input) })),

  samplePaper: read
    .input(z.object({ paper: z.enum(samplePapers), invoicing: z.unknown() }))
    .output(z.object({ fileName: z.string(), pdf: z.string() }))
    .mutation(({ ctx, input }) => samplePaper(ctx.scope, input, ctx.now)),
};
