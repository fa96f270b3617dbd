'use client';
import type { FieldIssue } from '@interdomestik/rules/errors';
import { createContext, use, type ReactNode } from 'react';
import { useErrorText, encodeMessage } from '@/trpc/errors';
import { isWithin, valueAt } from '../paths';

/** What the shell gives every field below it. */
export interface FieldLife {
  readonly doc: unknown;
  /** Puts a value at a path. Several in one turn all count. */
  readonly set: (path: string, value: unknown) => void;
  readonly issues: readonly FieldIssue[];
  readonly readOnly: boolean;
  /** The parts of the document that a branch may have its own way; left out: all. */
  readonly parts?: readonly string[] | undefined;
  /** What stands beside the name of a field: why it has its value, and the way back to the country's. */
  readonly beside: ((path: string, label: string) => ReactNode) | null;
}

export const FieldLifeContext = createContext<FieldLife | null>(null);

/** The id of a field's control, so that an issue leads to it. */
export const fieldId = (path: string): string => `rule-${path}`;

/** The document around a field. Throws outside of the shell. */
export function useFieldLife(): FieldLife {
  const life = use(FieldLifeContext);
  if (life === null) throw new Error('a rule field stands outside of its editor');
  return life;
}

/** One place of the document: what stands there, how to change it, and what is wrong with it or below it. */
export function useRuleValue(path: string) {
  const { doc, set, issues, readOnly, parts, beside } = useFieldLife();
  const errorText = useErrorText();
  const issue = issues.find(({ field }) => isWithin(field, path));
  return {
    value: valueAt(doc, path),
    change: (next: unknown) => set(path, next),
    error: issue === undefined ? undefined : errorText(encodeMessage(issue.key, issue.params)),
    readOnly: readOnly || !(parts?.includes(path.split('.', 1)[0] ?? '') ?? true),
    beside,
  };
}
