import { z } from 'zod';
import { conditionWords, sayCondition, sayReceipt } from '@interdomestik/i18n';
import { inLocale, isClosed, isCurrency, workingMinutes, type Condition, type Locale, type Priority, type ResolvedRule, type RuleReceipt } from '@interdomestik/rules';
import type { ClaimRow } from './pack';
import { stageOf } from './view';

const receiptSchema = z.custom<RuleReceipt>((stored) => z.object({ version: z.int(), source: z.enum(['branch', 'tenant', 'pack']), explain: z.array(z.object({ key: z.string() })) }).safeParse(stored).success);

/** Why a rule decided what it decided, in the reader's words. */
export interface Why {
  readonly version: number;
  readonly source: 'branch' | 'tenant' | 'pack';
  /** Whose rule, when it is a branch's own. */
  readonly branchId: string | null;
  readonly steps: readonly string[];
}

/** Who asks for a reason. */
export interface Reader {
  readonly locale: Locale;
  /** Of the tenant. */
  readonly zone: string;
}

function routeTitle({ value }: ResolvedRule<'workflows'>, code: string | null, locale: Locale): string | null {
  const route = value.routes.find((candidate) => candidate.code === code);
  return route === undefined ? null : inLocale(route.titles, locale);
}

/** A stored receipt as it is said to people; null when there is none. */
export function whyOf(stored: unknown, rule: ResolvedRule<'workflows'>, { locale, zone }: Reader): Why | null {
  const read = receiptSchema.safeParse(stored);
  if (!read.success) return null;
  const names = new Map(rule.value.routes.map(({ code, titles }) => [code, inLocale(titles, locale)]));
  const { version, source, branchId = null } = read.data;
  return { version, source, branchId, steps: sayReceipt(read.data, locale, { zone, names }).steps };
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

export function deadlineOf(claim: ClaimRow, rule: ResolvedRule<'workflows'>, reader: Reader & { readonly inFull: boolean; readonly now: Date }): ClaimDeadline | null {
  const { locale, now, inFull } = reader;
  const { claims: workflow, calendar } = rule.value;
  if (claim.status === workflow.initial || isClosed(workflow, claim.status)) return null;
  const { slaDueAt: dueAt, priority } = stageOf(claim, now);
  const read = outcomeSchema.safeParse(claim.slaReceipt);
  const { by, hours } = read.success ? read.data.outcome : { by: dueAt === null ? 'none' as const : 'triage' as const, hours: dueAt === null ? null : rule.value.triageHours };
  const minutesLeft = dueAt === null ? null : dueAt < now ? -workingMinutes(dueAt, now, calendar) : workingMinutes(now, dueAt, calendar);
  return {
    since: claim.stageSince, dueAt, by, hours, minutesLeft, priority, route: routeTitle(rule, claim.routeCode, locale), why: inFull ? whyOf(claim.slaReceipt, rule, reader) : null,
  };
}

/** Says a condition that a claim does not meet, in the reader's language. `branch`: names by code. */
export function sayUnmet({ currency }: Pick<ClaimRow, 'currency'>, products: ResolvedRule<'products'>, branch: Readonly<Record<string, string>>, { locale }: Reader): (condition: Condition | null) => string | null {
  const plan = Object.fromEntries(products.value.plans.map(({ code, titles }) => [code, inLocale(titles, locale)]));
  // amounts of a claim are in its own currency
  const values = { locale, names: { plan, branch }, currencies: isCurrency(currency) ? [currency] : [] };
  return (condition) => (condition === null ? null : sayCondition(condition, 'claim', conditionWords(locale), values));
}
