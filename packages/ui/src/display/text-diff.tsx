import { cn } from '../lib/cn';
import { diffLines } from '../lib/text-diff';
import type { DiffLine, DiffPart } from '../lib/text-diff';

export type TextDiffProps = {
  before: string;
  after: string;
  /** Read aloud before what is new and what is gone, and said of lines that stayed. */
  words: { readonly added: string; readonly removed: string; readonly unchanged: (lines: number) => string; readonly same: string };
  lang?: string | undefined;
};

type Run = { readonly line: DiffLine } | { readonly skipped: number };

/** Changed lines with one line around them; what stayed the same is counted. */
function runsOf(lines: readonly DiffLine[]): Run[] {
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - 1), index + 2).some(({ kind }) => kind !== 'same'));
  const runs: Run[] = [];
  let skipped = 0;
  const flush = (): void => {
    if (skipped > 0) runs.push({ skipped });
    skipped = 0;
  };
  for (const [index, line] of lines.entries()) {
    const empty = line.parts.every(({ text }) => text.trim() === '');
    if (line.kind === 'same' && empty) continue;
    if (near[index] === true) {
      flush();
      runs.push({ line });
    } else skipped += 1;
  }
  flush();
  return runs;
}

function Part({ part, words }: { part: DiffPart; words: TextDiffProps['words'] }) {
  if (part.kind === 'same') return <>{part.text}</>;
  const Mark = part.kind === 'added' ? 'ins' : 'del';
  return (
    <Mark className={part.kind === 'added' ? 'bg-success-soft text-success-ink decoration-1 underline-offset-2' : 'bg-danger-soft text-danger-ink'}>
      <span className="sr-only">{`${part.kind === 'added' ? words.added : words.removed} `}</span>{part.text}
    </Mark>
  );
}

/** What changed between two texts, for reading: new words underlined, words that are gone struck through, what stayed left out. */
export function TextDiff({ before, after, words, lang }: TextDiffProps) {
  const lines = diffLines(before, after);
  if (lines.every(({ kind }) => kind === 'same')) return <p className="text-ink-muted">{words.same}</p>;
  return (
    <div className="max-w-prose space-y-2">
      {runsOf(lines).map((run, index) => ('skipped' in run
        ? <p key={index} className="text-note text-ink-muted">{`… ${words.unchanged(run.skipped)}`}</p>
        : (
          <p key={index} lang={lang} className={cn('break-words', run.line.kind === 'same' ? 'text-ink-muted' : 'border-l-2 border-accent pl-3')}>
            {run.line.parts.map((part, place) => <Part key={place} part={part} words={words} />)}
          </p>
        )))}
    </div>
  );
}
