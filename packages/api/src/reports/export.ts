import { messageOf, translator } from '@interdomestik/i18n';
import { formatDate, formatInstant, newId, notFound, type Locale, type Money } from '@interdomestik/rules';
import { and, eq } from 'drizzle-orm';
import { inAction, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, branches } from '@interdomestik/db/schema';
import { ruleOf } from '../settings/rules';
import { readerOf } from '../exports/reader';
import { decimalOf, delimiterOf, toCsv } from '../vendors/csv';
import { renderReportPdf } from '../vendors/pdf';
import { openItems, type ItemsInput, type OpenItems } from './items';
import { readReport, type ReportInput, type ReportTable } from './table';

export const reportFormats = ['csv', 'pdf'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportFile {
  readonly fileName: string;
  readonly type: string;
  readonly base64: string;
}

/** A table with its heads in the reader's words. */
interface Sheet {
  readonly title: string;
  readonly heads: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly { readonly labels: string[]; readonly amounts: Money[] }[];
  readonly totals: readonly Money[][];
  readonly cut: Date;
}

// i18n-keys: reports.columns.*, reports.dimensions.*, reports.names.*
function sheetOf(table: ReportTable, locale: Locale): Sheet {
  return {
    title: messageOf(locale, `reports.names.${table.report}`), heads: table.dimensions.map((dimension) => messageOf(locale, `reports.dimensions.${dimension}`)), columns: table.columns.map((column) => messageOf(locale, `reports.columns.${column}`)),
    rows: table.rows, totals: table.totals, cut: table.cut,
  };
}

/** How the columns of ages are called. */
export function ageHeads(edges: readonly number[], locale: Locale): string[] {
  const t = translator(locale);
  return [t('reports.items.notDue'), ...edges.map((days, index) => t('reports.items.late', { from: (edges[index - 1] ?? 0) + 1, to: days })), t('reports.items.older', { days: edges.at(-1) ?? 0 })];
}

function itemsSheet({ cut, edges, items, totals }: OpenItems, locale: Locale): Sheet {
  const word = (key: string) => messageOf(locale, `reports.items.${key}`);
  return {
    // i18n-keys: reports.items.member, reports.items.number, reports.items.document, reports.items.due, reports.items.open
    title: word('title'), heads: [word('member'), word('number'), messageOf(locale, 'reports.branch'), word('document'), word('due')], columns: [...ageHeads(edges, locale), word('open')], cut,
    rows: items.map(({ memberName, memberNumber, branchName, invoice, oldest, ages, open }) => ({ labels: [memberName ?? '–', memberNumber ?? '', branchName, invoice?.code ?? '', oldest === null ? '' : formatDate(oldest)], amounts: [...ages, open] })),
    totals: totals.map(({ open, ages }) => [...ages, open]),
  };
}

type CsvRow = { readonly labels: readonly string[]; readonly amounts: readonly Money[] };

function asCsv({ heads, columns, rows, totals }: Sheet, locale: Locale): string {
  const total: CsvRow[] = totals.map((amounts) => ({ labels: heads.map((_, index) => (index === 0 ? messageOf(locale, 'reports.total') : '')), amounts }));
  return toCsv<CsvRow>([...rows, ...total], [
    ...heads.map((header, index) => ({ header, value: (row: CsvRow) => row.labels[index] ?? '' })),
    { header: messageOf(locale, 'reports.currency'), value: (row: CsvRow) => row.amounts[0]?.currency ?? '' },
    ...columns.map((header, index) => ({ header, value: (row: CsvRow) => { const amount = row.amounts[index]; return amount === undefined ? null : decimalOf(amount, locale); } })),
  ], { delimiter: delimiterOf(locale) });
}

async function branchLine(scope: TenantScope, input: { readonly branchId?: string | undefined }, locale: Locale): Promise<string> {
  const branchId = scope.reach.kind === 'branch' ? scope.reach.branchId : input.branchId;
  if (branchId === undefined) return messageOf(locale, 'reports.allBranches');
  const [row] = await readTenant(scope, (tx) => tx.select({ name: branches.name }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, branchId))));
  if (row === undefined) throw notFound();
  return translator(locale)('reports.branchLine', { branch: row.name });
}

async function asPdf(scope: TenantScope, input: { readonly branchId?: string | undefined }, sheet: Sheet, period: string | null, locale: Locale, now: Date): Promise<Uint8Array> {
  const [invoicing, branding, branch] = await Promise.all([ruleOf(scope, 'invoicing', now), ruleOf(scope, 'branding', now), branchLine(scope, input, locale)]);
  const t = translator(locale);
  return await renderReportPdf({
    locale, title: sheet.title, madeAt: now, seller: invoicing.value.issuer, accent: branding.value.accent,
    lines: [...(period === null ? [] : [period]), branch, t('reports.cutLine', { at: formatInstant(sheet.cut, scope.tenant.timeZone) })],
    heads: sheet.heads, columns: sheet.columns, currencyHead: messageOf(locale, 'reports.currency'), totalHead: messageOf(locale, 'reports.total'), rows: sheet.rows, totals: sheet.totals,
  });
}

async function record(scope: TenantScope, entity: string, after: Record<string, unknown>, now: Date): Promise<void> {
  await withTenant(scope, async (tx) => {
    await tx.insert(auditLogs).values({
      tenantId: scope.tenantId, id: newId(), at: now, actorKind: scope.actor.kind, actorId: scope.actor.id, action: scope.action, requestId: scope.requestId, operation: 'EXPORT', entity: 'reports', entityId: entity,
      branchId: scope.reach.kind === 'branch' ? scope.reach.branchId : null, before: null, after,
    });
  });
}

async function fileOf(scope: TenantScope, input: { readonly branchId?: string | undefined; readonly format: ReportFormat }, sheet: Sheet, name: string, period: string | null, locale: Locale, now: Date): Promise<ReportFile> {
  const { format } = input;
  const file = format === 'csv' ? Buffer.from(asCsv(sheet, locale), 'utf8') : Buffer.from(await asPdf(scope, input, sheet, period, locale, now));
  return { fileName: `${name}.${format}`, type: format === 'csv' ? 'text/csv;charset=utf-8' : 'application/pdf', base64: file.toString('base64') };
}

/**
 * A report as a file, for people who may both read reports and take data away. Who took which one, with what filter and how many rows, is on record before the file is handed out. Throws FORBIDDEN for who may
 * not read reports, NOT_FOUND for a branch that is not there.
 */
export async function exportReport(asker: TenantScope, input: ReportInput & { readonly format: ReportFormat }, locale: Locale, now: Date): Promise<ReportFile> {
  const scope = inAction(readerOf(asker, 'reports.read'), 'reports.export');
  const { report, from, to, group, branchId, asOf, format } = input;
  const table = await readReport(scope, input, locale, now);
  const period = translator(locale)('reports.periodLine', { from: formatDate(from), to: formatDate(to) });
  const file = await fileOf(scope, input, sheetOf(table, locale), `${report}-${from}-${to}`, period, locale, now);
  await record(scope, report, { report, from, to, ...(report === 'revenue' ? { group } : {}), ...(branchId === undefined ? {} : { branch_id: branchId }), as_of: (asOf ?? table.cut).toISOString(), format, rows: table.rows.length }, now);
  return file;
}

/** The open items as a file, for the same people and as well on record. */
export async function exportItems(asker: TenantScope, input: ItemsInput & { readonly format: ReportFormat }, locale: Locale, now: Date): Promise<ReportFile> {
  const scope = inAction(readerOf(asker, 'reports.read'), 'reports.exportItems');
  const { to, branchId, format } = input;
  const found = await openItems(scope, input, now);
  const file = await fileOf(scope, input, itemsSheet(found, locale), `open-items-${to}`, null, locale, now);
  await record(scope, 'receivables', { report: 'receivables', to, ...(branchId === undefined ? {} : { branch_id: branchId }), as_of: found.cut.toISOString(), format, rows: found.items.length }, now);
  return file;
}
