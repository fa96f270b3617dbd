import { and, eq, inArray } from 'drizzle-orm';
import { formatPercent, messageOf, translator } from '@interdomestik/i18n';
import {
  dimensionsOf, foldReport, formatDate, fullName, inLocale, instantOf, addDays, parseDateOnly, partsOf, reportDefinitions, unitOf, type DateOnly, type Dimension, type Locale, type Money, type PeriodUnit,
  type ReportName, type RevenueGroup,
} from '@interdomestik/rules';
import { readTenant, visible, type TenantScope } from '@interdomestik/db';
import { branches, user } from '@interdomestik/db/schema';
import { ruleOf } from '../settings/rules';
import { ledgerSums } from './sums';

export interface ReportInput {
  readonly report: ReportName;
  /** First and last day of the tenant's calendar, both included. */
  readonly from: DateOnly;
  readonly to: DateOnly;
  readonly group: RevenueGroup;
  readonly branchId?: string | undefined;
  /** As the books stood at this instant; left out: at the end of the last day. */
  readonly asOf?: Date | undefined;
}

/** A report in the reader's words. */
export interface ReportTable {
  readonly report: ReportName;
  readonly dimensions: Dimension[];
  readonly columns: string[];
  /** Column that a drawing shows. */
  readonly drawn: string;
  readonly rows: { readonly key: string; /** What it is about, as ids and codes. */ readonly about: (string | null)[]; readonly labels: string[]; readonly amounts: Money[] }[];
  /** One for each currency. */
  readonly totals: Money[][];
  /** What was booked before this instant is in it. */
  readonly cut: Date;
}

/** The instant before which everything counts: the end of the last day, or the earlier one that was asked for. */
export function cutOf(scope: TenantScope, { to, asOf }: Pick<ReportInput, 'to' | 'asOf'>): Date {
  const end = instantOf(addDays(to, 1), scope.tenant.timeZone);
  return asOf === undefined || asOf > end ? end : asOf;
}

/** A period as people of the language write it. */
function sayPeriod(day: string, unit: PeriodUnit, locale: Locale): string {
  const date = parseDateOnly(day);
  const { year, month } = partsOf(date);
  switch (unit) {
    case 'day': return formatDate(date);
    case 'month': return formatDate(date).slice(3);
    case 'quarter': return translator(locale)('reports.quarter', { n: Math.ceil(month / 3), year: String(year) });
    case 'year': return String(year);
  }
}

type Words = (dimension: Dimension, value: string | null) => string;

async function branchNames(scope: TenantScope): Promise<ReadonlyMap<string, string>> {
  const rows = await readTenant(scope, (tx) => tx.select({ id: branches.id, name: branches.name }).from(branches).where(eq(branches.tenantId, scope.tenantId)));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Names of people in reach; somebody of the whole tenant is no name to a branch. */
async function peopleNames(scope: TenantScope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await readTenant(scope, (tx) => tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName }).from(user).where(and(visible(scope, user), inArray(user.id, [...ids]))));
  return new Map(rows.map((row) => [row.id, fullName(row)]));
}

/** How each thing that a row is about is called. */
async function wordsOf(scope: TenantScope, input: ReportInput, abouts: readonly (readonly (string | null)[])[], locale: Locale, now: Date): Promise<Words> {
  const dimensions = dimensionsOf(input.report, input.group);
  const values = (dimension: Dimension) => {
    const index = dimensions.indexOf(dimension);
    return index < 0 ? [] : [...new Set(abouts.flatMap((about) => about[index] ?? []))];
  };
  const [places, people, plans] = await Promise.all([
    dimensions.includes('branch') ? branchNames(scope) : new Map<string, string>(),
    peopleNames(scope, values('person')),
    dimensions.includes('plan') ? ruleOf(scope, 'products', now).then(({ value }) => value.plans) : [],
  ]);
  // i18n-keys: reports.providers.*
  const missing: Readonly<Record<Dimension, string>> = { period: '–', branch: '–', plan: messageOf(locale, 'reports.noPlan'), provider: '–', rate: messageOf(locale, 'reports.noRate'), person: messageOf(locale, input.report === 'cash' ? 'reports.ofBranch' : 'reports.nobody') };
  return (dimension, value) => {
    if (value === null) return missing[dimension];
    switch (dimension) {
      case 'period': return sayPeriod(value, unitOf(input.report, input.group), locale);
      case 'branch': return places.get(value) ?? '–';
      case 'person': return people.get(value) ?? '–';
      case 'plan': {
        const plan = plans.find(({ code }) => code === value);
        return plan === undefined ? value : inLocale(plan.titles, locale);
      }
      case 'provider': return messageOf(locale, `reports.providers.${value}`);
      case 'rate': return formatPercent(Number(value), locale);
    }
  };
}

/** A report over what the scope reaches, straight from the ledger, equal to it at the cut to the last minor unit. */
export async function readReport(scope: TenantScope, input: ReportInput, locale: Locale, now: Date): Promise<ReportTable> {
  const cut = cutOf(scope, input);
  const sums = await ledgerSums(scope, { report: input.report, group: input.group, from: input.from, cut, branchId: input.branchId });
  const { rows, totals } = foldReport(input.report, input.group, sums);
  const dimensions = dimensionsOf(input.report, input.group);
  const say = await wordsOf(scope, input, rows.map(({ about }) => about), locale, now);
  const { columns, drawn } = reportDefinitions[input.report];
  return {
    report: input.report, dimensions: [...dimensions], columns: columns.map(({ key }) => key), drawn, totals: totals.map((amounts) => [...amounts]), cut,
    rows: rows.map(({ about, amounts }) => ({
      key: [...about, amounts[0]?.currency].join('/'), about: [...about], amounts: [...amounts], labels: about.map((value, index) => say(dimensions[index] ?? 'period', value)),
    })),
  };
}
