'use client';
import type { FormProblem } from '@interdomestik/ui';
import type { FieldErrors } from 'react-hook-form';

interface Leaf { readonly message: string }
const isLeaf = (value: object): value is Leaf => 'message' in value && typeof value.message === 'string' && 'type' in value;

/**
 * The errors of a form as a list for the summary at its head, in the order of `order`; `says` turns a message into words,
 * and `labels` name the field that a sentence alone would leave open.
 * A nested field `consents.terms` has the id `consents-terms`.
 */
export function formProblems(errors: FieldErrors, says: (error: unknown) => string, order: readonly string[] = [], labels: Readonly<Record<string, string>> = {}): FormProblem[] {
  const found: { path: string; message: string }[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isLeaf(value)) found.push({ path, message: says(value) });
    else for (const [key, below] of Object.entries(value)) if (key !== 'ref') walk(below, path === '' ? key : `${path}.${key}`);
  };
  walk(errors, '');
  const place = (path: string): number => {
    const at = order.findIndex((name) => path === name || path.startsWith(`${name}.`));
    return at === -1 ? order.length : at;
  };
  return found
    .toSorted((a, b) => place(a.path) - place(b.path))
    .map(({ path, message }) => {
      const label = labels[path];
      return path.startsWith('root') ? { message } : { fieldId: idOf(path), message: label === undefined ? message : `${label}: ${message}` };
    });
}

/** The id of a field's control, from its path in the form. */
export function idOf(path: string): string {
  return path.replaceAll('.', '-');
}
