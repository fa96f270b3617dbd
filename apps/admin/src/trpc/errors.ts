'use client';
import type { ClientError } from '@interdomestik/api';
import { fieldIssues, DomainError } from '@interdomestik/rules/errors';
import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { FieldErrors, FieldValues, Path, Resolver, UseFormSetError } from 'react-hook-form';
import type { z } from 'zod';

type Params = Readonly<Record<string, string | number>>;

/** A message key with the values of its gaps, as one string: forms carry strings only. */
export function encodeMessage(key: string, params: Params = {}): string {
  return Object.keys(params).length === 0 ? key : `${key}|${JSON.stringify(params)}`;
}

function decodeMessage(text: string): { key: string; params: Params } {
  const at = text.indexOf('|');
  if (at === -1) return { key: text, params: {} };
  try {
    return { key: text.slice(0, at), params: JSON.parse(text.slice(at + 1)) as Params };
  } catch {
    return { key: text.slice(0, at), params: {} };
  }
}

/** What the server said of an error; null when the error did not come from it (no network, a fault of the page). */
export function problemOf(error: unknown): ClientError | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('error' in data)) return null;
  return data.error as ClientError;
}

function messageIn(error: unknown): { key: string; params: Params } {
  if (typeof error === 'string') return decodeMessage(error);
  const problem = problemOf(error);
  if (problem !== null) return { key: problem.messageKey, params: problem.params };
  if (error instanceof DomainError) return { key: error.messageKey, params: error.params };
  if (error instanceof TRPCClientError) return { key: 'errors.offline', params: {} };
  if (typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string') return decodeMessage(error.message);
  return { key: 'errors.unexpected', params: {} };
}

/** A translator for keys that arrive as data. */
interface DynamicTranslator {
  (key: string, values?: Params): string;
  has(key: string): boolean;
}

/**
 * Says any error in the person's language: an error of a query or mutation, a message of a form field, a message key.
 * `error={errorText(form.formState.errors.email)}`. Undefined and null give undefined-safe empty text.
 */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations() as unknown as DynamicTranslator;
  return useCallback((error: unknown) => {
    if (error === undefined || error === null) return '';
    const { key, params } = messageIn(error);
    // i18n-keys: errors.*
    return t.has(key) ? t(key, params) : t('errors.unexpected');
  }, [t]);
}

/** The messages of an error by input field, ready for `errorText`; empty when it is about the whole. */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  const problem = problemOf(error);
  if (problem === null) return {};
  if (problem.field !== null) return { [problem.field]: encodeMessage(problem.messageKey, problem.params) };
  return problem.fields;
}

/**
 * Puts the server's refusal beside the fields it belongs to; the first of them gets the focus. What belongs to no field of the form
 * becomes the form's own message, at `form.formState.errors.root`. True when a field took it.
 */
export function showErrors<Values extends FieldValues>(error: unknown, form: { setError: UseFormSetError<Values>; getValues: () => Values }): boolean {
  const known = new Set(Object.keys(form.getValues()));
  const found = Object.entries(fieldErrors(error)).filter(([field]) => known.has(field.split('.')[0] ?? ''));
  found.forEach(([field, message], index) => form.setError(field as Path<Values>, { type: 'server', message }, { shouldFocus: index === 0 }));
  if (found.length > 0) return true;
  const { key, params } = messageIn(error);
  form.setError('root', { type: 'server', message: encodeMessage(key, params) });
  return false;
}

function nested(errors: Record<string, unknown>, path: readonly string[], message: string): void {
  let at = errors;
  for (const step of path.slice(0, -1)) {
    const below = (at[step] ?? {}) as Record<string, unknown>;
    at[step] = below;
    at = below;
  }
  const last = path.at(-1) ?? 'root';
  at[last] ??= { type: 'schema', message };
}

/**
 * Checks a form with the schema of its procedure: `useForm({ resolver: formResolver(joinInput) })`. Values reach the submit handler as the schema
 * gives them; messages keep the numbers that belong into their sentences.
 */
export function formResolver<Schema extends z.ZodObject | z.ZodType<FieldValues, FieldValues>>(schema: Schema): Resolver<z.input<Schema> & FieldValues, unknown, z.output<Schema> & FieldValues> {
  return async (values) => {
    const parsed = await schema.safeParseAsync(values);
    if (parsed.success) return { values: parsed.data as z.output<Schema> & FieldValues, errors: {} };
    const errors: Record<string, unknown> = {};
    for (const issue of fieldIssues(parsed.error)) nested(errors, issue.field === '' ? ['root'] : issue.field.split('.'), encodeMessage(issue.key, issue.params));
    return { values: {}, errors: errors as FieldErrors<z.input<Schema> & FieldValues> };
  };
}
