import { z } from 'zod';
import { inLocale, isClosed, workingMinutes, type Locale, type Priority, type ResolvedRule } from '@interdomestik/rules';
import { stageOf } from './view';
import type { ClaimRow } from './pack';

/** One step of a reason: a message key with its values. */
const stepSchema = z.object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });
const receiptSchema = z.object({ version: z.int(), source: z.enum(['branch', 'tenant', 'pack']), explain: z.array(stepSchema) });

/** Why a rule decided what it decided, for those who work with it. */
export interface Why {
  readonly version: number;
  readonly source: 'branch' | 'tenant' | 'pack';
  readonly steps: readonly z.output<typeof stepSchema>[];
}

function routeTitle({ value }: ResolvedRule<'workflows'>, code: string | null, locale: Locale): string | null {
  const route = value.routes.find((candidate) => candidate.code === code);
  return route === undefined ? null : inLocale(route.titles, locale);
}

/** A stored receipt as it is said to staff; routes by their names. Null when there is none. */
export function whyOf(stored: unknown, rule: ResolvedRule<'workflows'>, locale: Locale): Why | null {
  const read = receiptSchema.safeParse(stored);
  if (!read.success) return null;
  const { version, source, explain } = read.data;
  const named = ({ key, params }: Why['steps'][number]) => {
    const { route } = params;
    return { key, params: typeof route === 'string' ? { ...params, route: routeTitle(rule, route, locale) ?? route } : params };
  };
  return { version, source, steps: explain.map(named) };
}

const outcomeSchema = z.object({ outcome: z.object({ by: z.enum(['triage', 'stage', 'none', 'documents']), hours: z.int().nullable() }) });

/** Where the clock of an open claim stands, and what set it; null for a draft or a closed claim. */
export interface ClaimDeadline {
  readonly since: Date | null;
  readonly dueAt: Date | null;
  readonly by: 'triage' | 'stage' | 'none' | 'documents';
  readonly hours: number | null;
  /** Working minutes that are left until then; negative once it is over. Null when nothing is due. */
  readonly minutesLeft: number | null;
  readonly priority: Priority;
  readonly route: string | null;
  /** Null for the member, who reads plain words, and for claims from before reasons were kept. */
  readonly why: Why | null;
}

export function deadlineOf(claim: ClaimRow, rule: ResolvedRule<'workflows'>, { locale, inFull, now }: { readonly locale: Locale; readonly inFull: boolean; readonly now: Date }): ClaimDeadline | null {
  const { claims: workflow, calendar } = rule.value;
  if (claim.status === workflow.initial || isClosed(workflow, claim.status)) return null;
  const { slaDueAt: dueAt, priority } = stageOf(claim, now);
  const read = outcomeSchema.safeParse(claim.slaReceipt);
  const { by, hours } = read.success ? read.data.outcome : { by: dueAt === null ? 'none' as const : 'triage' as const, hours: dueAt === null ? null : rule.value.triageHours };
  const minutesLeft = dueAt === null ? null : dueAt < now ? -workingMinutes(dueAt, now, calendar) : workingMinutes(now, dueAt, calendar);
  return {
    since: claim.stageSince, dueAt, by, hours, minutesLeft, priority, route: routeTitle(rule, claim.routeCode, locale), why: inFull ? whyOf(claim.slaReceipt, rule, locale) : null,
  };
}
