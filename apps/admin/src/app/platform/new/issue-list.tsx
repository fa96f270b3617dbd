'use client';
import { Notice } from '@interdomestik/ui';
import { ruleKinds, type RuleKind } from '@interdomestik/rules/rule-sets';
import { useTranslations } from 'next-intl';
import { encodeMessage, useErrorText } from '@/trpc/errors';
import { placeOf, type PackIssue } from './pack';

const parts = ['tenant', 'country', 'currencies', 'zone', 'branches', 'rules'] as const;

/** What is wrong in a pack: the part of it in words, the place as it is written in the file, and what to do. */
export function IssueList({ issues }: { issues: readonly PackIssue[] }) {
  // i18n-keys: admin.newCountry.parts.*, common.ruleKinds.*
  const t = useTranslations('admin.newCountry');
  const kinds = useTranslations('common.ruleKinds');
  const errorText = useErrorText();
  const partOf = (field: string): string => {
    const [first, second] = field.split('.');
    const kind = first === 'rules' ? ruleKinds.find((one): one is RuleKind => one === second) : undefined;
    if (kind !== undefined) return kinds(kind);
    const part = parts.find((one) => one === first);
    return part === undefined ? t('parts.file') : t(`parts.${part}`);
  };
  return (
    <div>
      <Notice tone="danger" live title={t('issues', { count: issues.length })}>{t('issuesHelp')}</Notice>
      <ul className="mt-2 divide-y divide-line">
        {issues.map(({ field, key, params }, index) => (
          <li key={index} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[2fr_3fr]">
            <div className="min-w-0">
              <p className="font-semibold">{partOf(field)}</p>
              {field === '' ? null : <code className="text-note break-all text-ink-muted">{placeOf(field)}</code>}
            </div>
            <p>{errorText(encodeMessage(key, params))}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
