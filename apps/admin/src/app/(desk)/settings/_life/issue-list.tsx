'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { Notice, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { encodeMessage, useErrorText } from '@/trpc/errors';
import { fieldId } from '../_editors/fields';
import { useSay } from '../_kinds/use-say';
import { stepsTo } from './difference';
import { ruleHref } from './urls';
import { paramsText, placeText } from './words';

/** Leads to the field of a path; where it has none of its own, to the nearest one above. */
function goTo(path: string): void {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const id = fieldId(parts.slice(0, length).join('.'));
    const target = document.getElementById(id) ?? document.getElementById(`${id}-group`);
    if (target === null) continue;
    target.scrollIntoView({ block: 'center' });
    const control = target.matches('input, textarea, select, button, [tabindex]') ? target : target.querySelector<HTMLElement>('input, textarea, select, button');
    (control ?? target).focus({ preventScroll: true });
    return;
  }
}

/** Something wrong at a place of this document, or of another one that would no longer fit it. */
export interface Issue {
  readonly field: string;
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly kind?: RuleKind | undefined;
}

/** What stands in the way of publishing, each a way to its field. Changes as the person types, so it never takes the focus. */
export function IssueList({ kind, doc, issues }: { kind: RuleKind; doc: unknown; issues: readonly Issue[] }) {
  const t = useTranslations('settings.life');
  const errorText = useErrorText();
  const say = useSay();
  if (issues.length === 0) return null;
  return (
    <Notice tone="danger" title={t('issues', { count: issues.length })}>
      <ul className="mt-1 space-y-0.5">
        {issues.map((issue, index) => {
          const text = errorText(encodeMessage(issue.key, paramsText(say, issue.kind ?? kind, issue)));
          if (issue.kind !== undefined && issue.kind !== kind) return <li key={index}><TextLink href={ruleHref(issue.kind)}>{say.word('common.ruleKinds', issue.kind)}</TextLink>: {text}</li>;
          const place = placeText(say, stepsTo(doc, issue.field));
          return (
            <li key={index}>
              <a href={`#${fieldId(issue.field)}`} className="inline-block rounded-small py-0.5 text-danger-ink underline underline-offset-3" onClick={(event) => { event.preventDefault(); goTo(issue.field); }}>
                {place === '' ? '' : <span className="font-semibold">{place}: </span>}{text}
              </a>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
