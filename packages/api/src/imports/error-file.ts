import { sql } from 'drizzle-orm';
import { messageOf } from '@interdomestik/i18n';
import type { LineProblem, Locale } from '@interdomestik/rules';
import { snapshotTenant, type TenantScope } from '@interdomestik/db';
import Papa from 'papaparse';
import { protectCell } from '../vendors/csv';
import { batchOf } from './batches';
import { storedReading } from './reading';

type Row = { line: number; cells: string[]; problems: LineProblem[] };

/**
 * The refused lines of a batch as a file that can be mended and imported again: their own cells, and in front the line of the first file and what is
 * wrong with it, in two columns that no import takes over. A cell that a spreadsheet would run is kept from it.
 */
export async function errorFile(scope: TenantScope, id: string, locale: Locale): Promise<{ readonly fileName: string; readonly text: string }> {
  const batch = await batchOf(scope, id);
  const { header, delimiter } = storedReading.parse(batch.reading);
  const said = (problems: readonly LineProblem[]): string => problems.map(({ reason, column }) => {
    const place = header[column];
    return `${place === undefined ? '' : `${place}: `}${messageOf(locale, `errors.import.line.${reason}`)}`;
  }).join('; ');
  const rows: string[][] = [[messageOf(locale, 'errors.import.lineHeading'), messageOf(locale, 'errors.import.problemHeading'), ...header]];
  const refused = sql`select line, cells, problems from import_lines where tenant_id = ${scope.tenantId} and batch_id = ${id}::uuid and outcome = 'rejected' order by record`;
  await snapshotTenant(scope, async (snapshot) => {
    for await (const page of snapshot.pages<Row>(refused, 2_000)) for (const { line, cells, problems } of page) rows.push([String(line), said(problems), ...cells]);
  });
  const text = Papa.unparse(rows.map((cells) => cells.map(protectCell)), { delimiter, newline: '\r\n', escapeFormulae: false });
  return { fileName: `${batch.fileName.replace(/\.csv$/iu, '')}-errors.csv`, text: `\uFEFF${text}\r\n` };
}
