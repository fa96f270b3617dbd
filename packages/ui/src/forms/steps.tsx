'use client';
import { Check } from 'lucide-react';
import { UiLink } from '../context/link';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { fill } from '../lib/fill';

export type Step = { label: string; /** Given for a step that was done: leads back to it. */ href?: string | undefined };

export type StepsProps = {
  steps: readonly Step[];
  /** Index of the step that stands open, from 0. */
  current: number;
  className?: string | undefined;
};

/** Where one is on a way of several pages: "Step 2 of 4" on a phone, the whole way on a desk. */
export function Steps({ steps, current, className }: StepsProps) {
  const words = useWords();
  const here = fill(words.stepOf, { n: current + 1, m: steps.length });
  return (
    <nav aria-label={here} className={className}>
      <p className="text-note text-ink-muted sm:hidden">
        {here}
        <span className="sr-only">: {steps[current]?.label}</span>
      </p>
      <div className="mt-2 flex gap-1 sm:hidden" aria-hidden="true">
        {steps.map((step, index) => (
          <span key={step.label} className={cn('h-1 flex-1 rounded-full bg-line', index <= current && 'bg-accent')} />
        ))}
      </div>
      <ol className="hidden flex-wrap gap-x-6 gap-y-2 sm:flex">
        {steps.map((step, index) => {
          const state = index < current ? words.stepDone : index === current ? words.stepCurrent : words.stepAhead;
          const body = (
            <>
              <span
                aria-hidden="true"
                className={cn(
                  'figures grid size-6 shrink-0 place-items-center rounded-full border border-line-strong text-xs font-semibold text-ink-muted',
                  index < current && 'border-accent bg-accent text-accent-contrast',
                  index === current && 'border-accent text-accent',
                )}
              >
                {index < current ? <Check className="size-3.5" /> : index + 1}
              </span>
              <span>{step.label}</span>
              <span className="sr-only">({state})</span>
            </>
          );
          const look = cn('flex items-center gap-2 text-note text-ink-muted', index === current && 'font-semibold text-ink');
          return (
            <li key={step.label} aria-current={index === current ? 'step' : undefined}>
              {step.href && index < current ? (
                <UiLink href={step.href} className={cn(look, 'rounded-small hover:text-ink hover:underline')}>{body}</UiLink>
              ) : (
                <span className={look}>{body}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
