import type { ReactNode } from 'react';
import { SumList, type SumLine } from './sum-list';

interface PriceStoryProps {
  readonly lines: readonly SumLine[];
  readonly total: SumLine;
  readonly note?: ReactNode;
  /** How it came about, a sentence each. */
  readonly steps: readonly string[];
  /** By which rule. */
  readonly rule?: ReactNode;
}

/** What a price is made of, how it came about and by which rule. */
export function PriceStory({ lines, total, note, steps, rule }: PriceStoryProps) {
  return (
    <div className="max-w-prose space-y-3">
      <SumList lines={lines} total={total} note={note} />
      {steps.length === 0 ? null : <ul className="list-disc space-y-1 pl-5 text-note text-ink-muted">{steps.map((step) => <li key={step}>{step}</li>)}</ul>}
      {rule === undefined ? null : <p className="text-note text-ink-muted">{rule}</p>}
    </div>
  );
}
