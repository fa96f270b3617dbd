'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { Field, Select } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { KindAnswer } from './types';
import { ruleHref } from './urls';

/** For whom the rule is looked at: the whole country, or one branch that may have it its own way. */
export function ScopeChoice({ kind, branches, branchId }: { kind: RuleKind; branches: KindAnswer['branches']; branchId: string | null }) {
  const t = useTranslations('settings.branch');
  const router = useRouter();
  return (
    <Field label={t('scope')} className="mb-4">
      <Select
        className="max-w-96" value={branchId ?? ''} onValueChange={(id) => router.push(ruleHref(kind, { branchId: id === '' ? null : id }))}
        options={[{ value: '', label: t('country') }, ...branches.map(({ id, name, overrides }) => ({ value: id, label: overrides ? t('withOwn', { name }) : name }))]}
      />
    </Field>
  );
}
