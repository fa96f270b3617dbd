import { z } from 'zod';
import { ruleKindSchema, ruleStates } from '@interdomestik/rules';
import { moneyOut } from '../shapes';

const personOut = z.object({ id: z.string(), name: z.string() }).nullable();

export const versionOut = z.object({
  id: z.string(), kind: ruleKindSchema, branchId: z.string().nullable(), version: z.number(), state: z.enum(ruleStates), revision: z.number(), baseVersion: z.number().nullable(),
  restoresVersion: z.number().nullable(), note: z.string(), effectiveFrom: z.date().nullable(), createdAt: z.date(), createdBy: personOut, updatedBy: personOut, approvedBy: personOut,
  approvedAt: z.date().nullable(), publishedBy: personOut, publishedAt: z.date().nullable(), simulatedHash: z.string().nullable(),
});

/** Faults of a document: the place, in the document of which kind, message key and figures. */
export const issuesOut = z.array(z.object({ kind: ruleKindSchema, field: z.string(), key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }));

export const kindOut = z.object({
  kind: ruleKindSchema,
  inForce: z.object({ version: z.number(), source: z.enum(['branch', 'tenant', 'pack']), value: z.unknown(), effectiveFrom: z.date() }),
  newest: z.object({ version: z.number(), value: z.unknown() }).nullable(),
  draft: versionOut.nullable(),
  versions: z.array(versionOut),
  branches: z.array(z.object({ id: z.string(), name: z.string(), overrides: z.boolean() })),
  needs: z.object({ secondPerson: z.boolean(), simulation: z.boolean() }),
});

export const versionPageOut = versionOut.extend({ value: z.unknown(), resolved: z.unknown(), issues: issuesOut });
export const savedOut = versionOut.extend({ issues: issuesOut });
export const checkedOut = z.object({ issues: issuesOut, version: versionOut });

export const previewPlansOut = z.object({
  plans: z.array(z.object({
    code: z.string(), place: z.enum(['alone', 'desk', 'assisted']), title: z.string(), tagline: z.string(), price: z.string(), priceNote: z.string().nullable(),
    fullPrice: z.string().nullable(), reasons: z.array(z.string()), covers: z.string(), benefits: z.array(z.string()), fee: z.string().nullable(),
    extras: z.array(z.object({ title: z.string(), price: z.string(), summary: z.string().nullable() })),
  })),
  faulty: z.array(z.number()),
});

export const previewQuoteOut = z.object({
  lines: z.array(z.object({ kind: z.string(), title: z.string(), quantity: z.number(), amount: moneyOut })),
  list: moneyOut, total: moneyOut, vat: z.object({ rateBp: z.number(), amount: moneyOut }), steps: z.array(z.string()),
});

export const rebasedOut = z.object({
  version: versionOut,
  conflicts: z.array(z.object({ path: z.string(), base: z.unknown(), mine: z.unknown(), theirs: z.unknown() })),
  issues: issuesOut,
});

export const whyOut = z.object({ value: z.unknown(), source: z.enum(['branch', 'tenant', 'pack']), version: z.number(), since: z.date(), author: personOut, note: z.string() });

const pendingOut = versionOut.extend({ branchName: z.string().nullable() });
export const overviewOut = z.object({
  kinds: z.array(z.object({
    kind: ruleKindSchema, version: z.number(), source: z.enum(['tenant', 'pack']), effectiveFrom: z.date(),
    /** Open branches that have it their own way now. */
    overrides: z.number(),
  })),
  open: z.array(pendingOut.extend({ /** How much is wrong with it. */ issues: z.number(), /** The asker is the second person it waits for. */ waitsForMe: z.boolean() })),
  scheduled: z.array(pendingOut),
});
