import { messageOf, translator } from '@interdomestik/i18n';
import { can, exponentOf, forbidden, formatDate, formatInstant, newId, notFound, type Locale, type Money } from '@interdomestik/rules';
import { and, eq } from 'drizzle-orm';
import { inAction, readTenant, scopeFor, withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, branches } from '@interdomestik/db/schema';
import { ruleOf } from '../settings/rules';
import { toCsv } from '../vendors/csv';
import { renderReportPdf } from '../vendors/pdf';
import { readReport, type ReportInput, type ReportTable } from './table';

export const reportFormats = ['csv', 'pdf'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportFile {
  readonly fileName: string;
  readonly type: string;
  readonly base64: string;
}

/** Digits with the decimal sign that a spreadsheet of the language expects, and nothing else. */
function digitsOf({ minor, currency }: Money, locale: Locale): string {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = minor < 0n ? '-' : '';
  return exponent === 0 ? `${sign}${whole}` : `${sign}${whole}${locale === 'en' ? '.' : ','}${digits.slice(-exponent)}`;
}

// i18n-keys: reports.columns.*, reports.dimensions.*, reports.names.*
function headsOf(table: ReportTable, locale: Locale): { dimensions: string[]; columns: string[] } {
  return { dimensions: table.dimensions.map((dimension) => messageOf(locale, `reports.dimensions.${dimension}`)), columns: table.columns.map((column) => messageOf(locale, `reports.columns.${column}`)) };
}

type CsvRow = { readonly labels: readonly string[]; readonly amounts: readonly Money[] };

function asCsv(table: ReportTable, locale: Locale): string {
  const { dimensions, columns } = headsOf(table, locale);
  const total: CsvRow[] = table.totals.map((amounts) => ({ labels: dimensions.map((_, index) => (index === 0 ? messageOf(locale, 'reports.total') : '')), amounts }));
  return toCsv<CsvRow>([...table.rows, ...total], [
    ...dimensions.map((header, index) => ({ header, value: (row: CsvRow) => row.labels[index] ?? '' })),
    { header: messageOf(locale, 'reports.currency'), value: (row: CsvRow) => row.amounts[0]?.currency ?? '' },
    ...columns.map((header, index) => ({ header, value: (row: CsvRow) => { const amount = row.amounts[index]; return amount === undefined ? null : { decimal: digitsOf(amount, locale) }; } })),
  ], { delimiter: locale === 'en' ? ',' : ';' });
}

async function branchLine(scope: TenantScope, input: ReportInput, locale: Locale): Promise<string> {
  const branchId = scope.reach.kind === 'branch' ? scope.reach.branchId : input.branchId;
  if (branchId === undefined) return messageOf(locale, 'reports.allBranches');
  const [row] = await readTenant(scope, (tx) => tx.select({ name: branches.name }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, branchId))));
  if (row === undefined) throw notFound();
  return translator(locale)('reports.branchLine', { branch: row.name });
}

async function asPdf(scope: TenantScope, input: ReportInput, table: ReportTable, locale: Locale, now: Date): Promise<Uint8Array> {
  const [invoicing, branding, branch] = await Promise.all([ruleOf(scope, 'invoicing', now), ruleOf(scope, 'branding', now), branchLine(scope, input, locale)]);
  const { dimensions, columns } = headsOf(table, locale);
  const t = translator(locale);
  return await renderReportPdf({
    locale, title: messageOf(locale, `reports.names.${input.report}`), madeAt: now, seller: invoicing.value.issuer, accent: branding.value.accent,
    lines: [t('reports.periodLine', { from: formatDate(input.from), to: formatDate(input.to) }), branch, t('reports.cutLine', { at: formatInstant(table.cut, scope.tenant.timeZone) })],
    heads: dimensions, columns, currencyHead: messageOf(locale, 'reports.currency'), totalHead: messageOf(locale, 'reports.total'), rows: table.rows, totals: table.totals,
  });
}

/** What may be taken away is what may be read: the narrower of the two reaches. */
function readerOf(scope: TenantScope): TenantScope {
  const reader = scopeFor(scope, 'reports.read');
  if (reader === null || !can(reader.permissions, 'reports.read')) throw forbidden();
  return scope.reach.kind === 'tenant' ? reader : scope;
}

/**
 * A report as a file, for people who may both read reports and take data away. Who took which one, with what filter and how many rows, is on record before the file is handed out. Throws FORBIDDEN for who may
 * not read reports, NOT_FOUND for a branch that is not there.
 */
export async function exportReport(asker: TenantScope, input: ReportInput & { readonly format: ReportFormat }, locale: Locale, now: Date): Promise<ReportFile> {
  const scope = inAction(readerOf(asker), 'reports.export');
  const { report, from, to, group, branchId, asOf, format } = input;
  const table = await readReport(scope, input, locale, now);
  const file = format === 'csv' ? Buffer.from(asCsv(table, locale), 'utf8') : Buffer.from(await asPdf(scope, input, table, locale, now));
  await withTenant(scope, async (tx) => {
    await tx.insert(auditLogs).values({
      tenantId: scope.tenantId, id: newId(), at: now, actorKind: scope.actor.kind, actorId: scope.actor.id, action: scope.action, requestId: scope.requestId, operation: 'EXPORT', entity: 'reports', entityId: report,
      branchId: scope.reach.kind === 'branch' ? scope.reach.branchId : null, before: null,
      after: { report, from, to, ...(report === 'revenue' ? { group } : {}), ...(branchId === undefined ? {} : { branch_id: branchId }), as_of: (asOf ?? table.cut).toISOString(), format, rows: table.rows.length },
    });
  });
  return { fileName: `${report}-${from}-${to}.${format}`, type: format === 'csv' ? 'text/csv;charset=utf-8' : 'application/pdf', base64: file.toString('base64') };
}
