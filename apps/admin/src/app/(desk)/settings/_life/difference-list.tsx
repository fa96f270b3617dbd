'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { Status } from '@interdomestik/ui';
import { ArrowRight } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { ComponentType } from 'react';
import { differenceViews } from '../_editors';
import type { DifferenceProps } from '../_editors/plugs';
import { useSay } from '../_kinds/use-say';
import { differencesOf, leavesOf, type Difference } from './difference';
import { placeText, valueText } from './words';

/** What differs between two documents, line by line in words, or as its kind shows it. */
export function DifferenceList({ kind, before, after }: { kind: RuleKind; before: unknown; after: unknown }) {
  const t = useTranslations('settings.life');
  const View = differenceViews[kind] as ComponentType<DifferenceProps> | undefined;
  const differences = differencesOf(before, after);
  if (differences.length === 0) return <p className="py-2 text-ink-muted">{t('noDifference')}</p>;
  if (View !== undefined) return <View before={before as DifferenceProps['before']} after={after as DifferenceProps['after']} />;
  return <ul className="divide-y divide-line">{differences.map((difference, index) => <Line key={index} kind={kind} difference={difference} />)}</ul>;
}

function Line({ kind, difference: { steps, before, after } }: { kind: RuleKind; difference: Difference }) {
  const t = useTranslations('settings.life');
  const say = useSay();
  const whole = before === undefined ? after : after === undefined ? before : undefined;
  const leaves = whole === undefined ? [] : leavesOf(whole);
  return (
    <li className="grid gap-x-4 gap-y-1 py-2.5 md:grid-cols-[minmax(9rem,2fr)_3fr]">
      <p className="font-semibold break-words">{placeText(say, steps)}</p>
      {leaves.length > 0 ? (
        <div className="min-w-0">
          <Status tone={before === undefined ? 'success' : 'danger'} shape={before === undefined ? 'done' : 'ended'} look="plain">{before === undefined ? t('added') : t('removed')}</Status>
          <dl className="mt-1 space-y-0.5 text-note">
            {leaves.map((leaf, index) => (
              <div key={index} className="flex flex-wrap gap-x-2"><dt className="text-ink-muted">{placeText(say, leaf.steps)}</dt><dd className="break-words">{valueText(say, kind, [...steps, ...leaf.steps], leaf.after)}</dd></div>
            ))}
          </dl>
        </div>
      ) : (
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <span className="sr-only">{t('before')}</span>
          <del className="min-w-0 break-words text-ink-muted decoration-line-strong">{valueText(say, kind, steps, before)}</del>
          <ArrowRight className="size-4 shrink-0 self-center text-ink-muted" aria-hidden="true" />
          <span className="sr-only">{t('after')}</span>
          <ins className="min-w-0 font-semibold break-words no-underline">{valueText(say, kind, steps, after)}</ins>
        </p>
      )}
    </li>
  );
}
