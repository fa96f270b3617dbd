'use client';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { FieldContext } from './field-context';

export type FieldProps = {
  label: ReactNode;
  /** What to write and why it is asked. Stays visible. */
  help?: ReactNode;
  /** What is wrong and what to do, in the person's language. */
  error?: ReactNode;
  /** Says "(optional)" after the label. Required fields carry no star: most fields are required. */
  optional?: boolean | undefined;
  required?: boolean | undefined;
  /** Id of the control; FormSummary links to it. Made up when left out. */
  id?: string | undefined;
  /** For a set of choices: label becomes the legend of a fieldset. */
  group?: boolean | undefined;
  /** Keeps the label for screen readers only, as in a filter bar. */
  hideLabel?: boolean | undefined;
  /** Makes the label the heading of a page that asks one question. */
  question?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/**
 * Label above, control, error and help below, all wired by id. Any control of this package inside it finds its id,
 * `aria-describedby` and `aria-invalid` by itself.
 */
export function Field({ label, help, error, optional, required, id: ownId, group, hideLabel, question, className, children }: FieldProps) {
  const made = useId();
  const id = ownId ?? made;
  const words = useWords();
  const helpId = help ? `${id}-help` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const labelId = `${id}-label`;
  const wiring = {
    id,
    labelId,
    describedBy: [errorId, helpId].filter(Boolean).join(' ') || undefined,
    invalid: Boolean(error),
    required: Boolean(required),
  };
  const labelClass = cn(
    'mb-1 block font-semibold text-ink',
    question && 'mb-3 text-xl font-bold text-balance',
    hideLabel && 'sr-only',
  );
  const caption = (
    <>
      {label}
      {optional ? <span className="font-normal text-ink-muted"> ({words.optional})</span> : null}
    </>
  );
  const body = (
    <>
      {group && help ? <p id={helpId} className="mb-2 text-note text-ink-muted">{help}</p> : null}
      {children}
      {error ? (
        <p id={errorId} className="mt-1.5 flex items-start gap-1.5 text-note font-semibold text-danger-ink">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span>{error}</span>
        </p>
      ) : null}
      {!group && help ? <p id={helpId} className="mt-1.5 text-note text-ink-muted">{help}</p> : null}
    </>
  );
  return (
    <FieldContext value={wiring}>
      {group ? (
        <fieldset id={`${id}-group`} aria-describedby={wiring.describedBy} className={cn('min-w-0', className)}>
          <legend id={labelId} className={labelClass}>{caption}</legend>
          {body}
        </fieldset>
      ) : (
        <div className={cn('min-w-0', className)}>
          <label htmlFor={id} id={labelId} className={labelClass}>{caption}</label>
          {body}
        </div>
      )}
    </FieldContext>
  );
}
