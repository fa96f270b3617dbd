import { and, eq } from 'drizzle-orm';
import {
  columnsOf, currencies, dateStyles, decimalStyles, detectCurrency, detectStyle, DomainError, importKinds, knownWords, mappingFaults, nameForm, notFound, suggestMapping,
  type AnyField, type Currency, type DateStyle, type DecimalStyle, type ImportKind, type Mapping, type Reading,
} from '@interdomestik/rules';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { importTemplates } from '@interdomestik/db/schema';
import { z } from 'zod';
import { fileEncodings, type FileEncoding } from './file-encoding';
import type { FileSurvey } from './survey';

/** How a file is read, as it is kept with its batch: enough to read it again after a stop. */
export const storedReading = z.object({
  encoding: z.enum(fileEncodings), delimiter: z.string().length(1), declared: z.boolean(), header: z.array(z.string()), mapping: z.array(z.string().nullable()),
  dates: z.enum(dateStyles), decimals: z.enum(decimalStyles), currency: z.enum(currencies),
});
export type StoredReading = z.output<typeof storedReading>;

/** What a person says of a file beyond what is detected. */
export interface ReadingWish {
  /** Field by header, over what is suggested; null: the column is left out. */
  readonly fields?: Readonly<Record<string, string | null>> | undefined;
  readonly dates?: DateStyle | undefined;
  readonly decimals?: DecimalStyle | undefined;
  readonly currency?: Currency | undefined;
  readonly encoding?: FileEncoding | undefined;
}

/** A template with what is wished for this file over it. */
export function overTemplate(saved: ReadingWish, wish: ReadingWish): ReadingWish {
  return {
    fields: { ...saved.fields, ...wish.fields }, dates: wish.dates ?? saved.dates, decimals: wish.decimals ?? saved.decimals, currency: wish.currency ?? saved.currency, encoding: wish.encoding ?? saved.encoding,
  };
}

const templateStyle = z.object({ dates: z.enum(dateStyles), decimals: z.enum(decimalStyles), currency: z.enum(currencies) }).partial();
const templateFields = z.record(z.string(), z.string().nullable());

/** A saved template of this tenant as a wish. Throws NOT_FOUND, also for one of another tenant. */
export async function templateNamed(scope: TenantScope, kind: ImportKind, name: string): Promise<ReadingWish> {
  const [row] = await readTenant(scope, (tx) => tx.select().from(importTemplates)
    .where(and(eq(importTemplates.tenantId, scope.tenantId), eq(importTemplates.kind, kind), eq(importTemplates.name, name))));
  if (row === undefined) throw notFound();
  return { fields: templateFields.parse(row.fields), ...templateStyle.parse(row.style) };
}

/** The mapping of a file: what is suggested by its headers, and over it what was wished. Throws INVALID for a header or field that there is not. */
export function mappingFor(kind: ImportKind, header: readonly string[], fields: ReadingWish['fields'] = {}): (string | null)[] {
  const wished = new Map(Object.entries(fields).map(([text, field]) => [nameForm(text), { text, field }]));
  const columns = new Map(header.map((text, at) => [nameForm(text), at]));
  const mapping: (string | null)[] = suggestMapping(kind, header);
  for (const [form, { text, field }] of wished) {
    const at = columns.get(form);
    if (at === undefined) throw new DomainError('INVALID', 'errors.import.noColumn', { field: 'mapping', params: { name: text.slice(0, 60) } });
    // a field that is put elsewhere leaves the column in which it was suggested
    if (field !== null) mapping.forEach((other, index) => { if (other === field) mapping[index] = null; });
    mapping[at] = field;
  }
  return mapping;
}

/** Decides how a surveyed file is read. What a line needs and no column holds is for `assertComplete` to say. */
export function readingFor(scope: TenantScope, kind: ImportKind, survey: FileSurvey, wish: ReadingWish = {}): StoredReading {
  const { encoding, delimiter, declared, header, sample } = survey;
  const mapping = mappingFor(kind, header, wish.fields);
  const known = mapping as Mapping;
  const detected = detectStyle(kind, known, sample.map(({ cells }) => cells));
  return {
    encoding, delimiter, declared, header: [...header], mapping, dates: wish.dates ?? detected.dates, decimals: wish.decimals ?? detected.decimals,
    currency: wish.currency ?? detectCurrency(header, known, scope.tenant.currency as Currency),
  };
}

/** Throws INVALID where a field that every line needs has no column, two columns have one field, or there is no such field. */
export function assertComplete(kind: ImportKind, { mapping }: StoredReading): void {
  const [fault] = mappingFaults(kind, mapping);
  if (fault !== undefined) throw new DomainError('INVALID', `errors.import.mapping.${fault.code}`, { field: 'mapping', params: { name: fault.field } });
}

/** The reading as the rules want it. */
export function rulesReading(scope: TenantScope, kind: ImportKind, { mapping, dates, decimals, currency }: StoredReading): Reading {
  return { columns: columnsOf(kind, mapping as readonly (AnyField | null)[]), style: { dates, decimals, currency, country: scope.tenant.country }, words: knownWords };
}

export const importKindSchema = z.enum(importKinds);
