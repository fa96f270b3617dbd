import { and, eq } from 'drizzle-orm';
import {
  columnsOf, currencies, dateStyles, decimalStyles, detectCurrency, detectStyle, DomainError, importKinds, isRule, knownPolicies, knownWords, mappingFaults, nameForm, notFound, repairerOf, repairRule, repairsSchema,
  suggestMapping, type AnyField, type Currency, type ImportKind, type Mapping, type Reading, type Repair,
} from '@interdomestik/rules';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { importTemplates } from '@interdomestik/db/schema';
import { z } from 'zod';
import { fileEncodings } from './file-encoding';
import type { FileSurvey } from './survey';

/** What a person says of a file beyond what is detected: field by header, over what is suggested, null leaving the column out; how dates, amounts and letters are written; what happens to people who are known. */
export const wishSchema = z.object({
  fields: z.record(z.string().max(1000), z.string().max(40).nullable()), dates: z.enum(dateStyles), decimals: z.enum(decimalStyles), currency: z.enum(currencies), encoding: z.enum(fileEncodings), known: z.enum(knownPolicies),
}).partial();
type Wish = z.output<typeof wishSchema>;

/** How a file is read, as it is kept with its batch: enough to read it again after a stop, and to go on from what somebody wished. */
export const storedReading = z.object({
  encoding: z.enum(fileEncodings), delimiter: z.string().length(1), declared: z.boolean(), header: z.array(z.string()), mapping: z.array(z.string().nullable()),
  dates: z.enum(dateStyles), decimals: z.enum(decimalStyles), currency: z.enum(currencies),
  known: z.enum(knownPolicies).default('update'), wish: wishSchema.default({}), repairs: repairsSchema.default([]),
});
export type StoredReading = z.output<typeof storedReading>;

/** The same with what is corrected in its lines. */
export interface ReadingWish extends Wish {
  readonly repairs?: readonly Repair[] | undefined;
}

/** A template with what is wished for this file over it. */
export function overTemplate(saved: ReadingWish, wish: ReadingWish): ReadingWish {
  return {
    fields: { ...saved.fields, ...wish.fields }, dates: wish.dates ?? saved.dates, decimals: wish.decimals ?? saved.decimals, currency: wish.currency ?? saved.currency, encoding: wish.encoding ?? saved.encoding,
    known: wish.known ?? saved.known, repairs: wish.repairs ?? saved.repairs,
  };
}

const templateStyle = z.object({ dates: z.enum(dateStyles), decimals: z.enum(decimalStyles), currency: z.enum(currencies), known: z.enum(knownPolicies) }).partial();
const templateFields = z.record(z.string(), z.string().nullable());

/** A saved template of this tenant as a wish. Throws NOT_FOUND, also for one of another tenant. */
export async function templateNamed(scope: TenantScope, kind: ImportKind, name: string): Promise<ReadingWish> {
  const [row] = await readTenant(scope, (tx) => tx.select().from(importTemplates)
    .where(and(eq(importTemplates.tenantId, scope.tenantId), eq(importTemplates.kind, kind), eq(importTemplates.name, name))));
  if (row === undefined) throw notFound();
  return { fields: templateFields.parse(row.fields), ...templateStyle.parse(row.style), repairs: z.array(repairRule).parse(row.repairs) };
}

/**
 * What a new wish for a kept file is laid over: what was wished of it so far, or a template, or with `null` nothing. What was typed for single lines stays
 * in each case. Throws NOT_FOUND for a template that there is not.
 */
export async function wishedSoFar(scope: TenantScope, kind: ImportKind, kept: StoredReading | undefined, { template, wish }: { readonly template?: string | null | undefined; readonly wish: Wish }): Promise<ReadingWish> {
  const { wish: before = {}, repairs = [], encoding } = kept ?? {};
  const typed = repairs.filter((repair) => !isRule(repair));
  if (template === null) return { repairs: typed };
  if (template !== undefined) {
    const saved = await templateNamed(scope, kind, template);
    return { ...saved, repairs: [...(saved.repairs ?? []), ...typed] };
  }
  // read in other letters, the headers are other ones
  return wish.encoding === undefined || wish.encoding === encoding ? { ...before, repairs } : { ...before, fields: {}, repairs };
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
export function readingFor(scope: TenantScope, kind: ImportKind, survey: FileSurvey, { repairs = [], ...wish }: ReadingWish = {}): StoredReading {
  const { encoding, delimiter, declared, header, sample } = survey;
  const mapping = mappingFor(kind, header, wish.fields);
  const known = mapping as Mapping;
  const detected = detectStyle(kind, known, sample.map(({ cells }) => cells));
  return {
    encoding, delimiter, declared, header: [...header], mapping, dates: wish.dates ?? detected.dates, decimals: wish.decimals ?? detected.decimals,
    currency: wish.currency ?? detectCurrency(header, known, scope.tenant.currency as Currency), known: wish.known ?? 'update', wish, repairs: [...repairs],
  };
}

/** Throws INVALID where a field that every line needs has no column, two columns have one field, or there is no such field. */
export function assertComplete(kind: ImportKind, { mapping }: StoredReading): void {
  const [fault] = mappingFaults(kind, mapping);
  if (fault !== undefined) throw new DomainError('INVALID', `errors.import.mapping.${fault.code}`, { field: 'mapping', params: { name: fault.field } });
}

/** The reading as the rules want it. */
export function rulesReading(scope: TenantScope, kind: ImportKind, { mapping, dates, decimals, currency, repairs }: StoredReading): Reading {
  const columns = columnsOf(kind, mapping as readonly (AnyField | null)[]);
  const { country } = scope.tenant;
  return { columns, style: { dates, decimals, currency, country }, words: knownWords, repair: repairerOf(repairs, columns, country) };
}

export const importKindSchema = z.enum(importKinds);
