'use client';
import { useEffect, useRef } from 'react';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';

export type FormProblem = {
  /** Id of the field's control, as given to Field. Left out: the problem belongs to no field. */
  fieldId?: string | undefined;
  message: string;
};

export type FormSummaryProps = {
  problems: readonly FormProblem[];
  title?: string | undefined;
  /** Change it on each attempt to send, so that a second failure takes the focus again. */
  attempt?: number | string | undefined;
  className?: string | undefined;
};

/** What stands in the way, at the head of the form, each a link to its field. Takes the focus when it appears. */
export function FormSummary({ problems, title, attempt, className }: FormSummaryProps) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const any = problems.length > 0;
  useEffect(() => {
    if (any) box.current?.focus();
  }, [any, attempt]);
  if (!any) return null;
  const goTo = (fieldId: string) => {
    const target = document.getElementById(fieldId) ?? document.getElementById(`${fieldId}-group`);
    target?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
  };
  return (
    <div ref={box} role="alert" tabIndex={-1} className={cn('mb-6 rounded-control border-2 border-danger bg-raised p-4 outline-offset-2', className)}>
      <h2 className="text-section">{title ?? words.errorSummary}</h2>
      <ul className="mt-2 space-y-1">
        {problems.map((problem) => (
          <li key={`${problem.fieldId ?? ''}${problem.message}`}>
            {problem.fieldId ? (
              <a
                href={`#${problem.fieldId}`}
                onClick={(event) => {
                  event.preventDefault();
                  if (problem.fieldId) goTo(problem.fieldId);
                }}
                className="inline-block rounded-small py-1 font-semibold text-danger-ink underline underline-offset-3"
              >
                {problem.message}
              </a>
            ) : (
              <span className="font-semibold text-danger-ink">{problem.message}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
