'use client';
import { claimCategories, documentKinds, rejectReasons, type ClaimCategory } from '@interdomestik/rules/rule-sets';
import { Button, Card, IconButton, Section } from '@interdomestik/ui';
import { Plus, Trash2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useSay } from '../../_kinds/use-say';
import type { EditorProps } from '../editor';
import { ManyField, NumberField, RadioField } from '../fields';

/** Which kinds of claims are taken, how far, and with which documents. */
export function CategoriesPart({ value, onChange, readOnly }: EditorProps<'workflows'>) {
  const t = useTranslations('editors.categories');
  const w = useTranslations('admin.settings.workflows');
  const say = useSay();
  const wordOf = (category: string) => say.word('common.claimCategories', category);
  const missing = claimCategories.filter((category) => value.categories.every((rule) => rule.category !== category));
  const add = (category: ClaimCategory) => onChange({ ...value, categories: [...value.categories, { category, scope: 'guidance', requiredDocuments: [] }] });
  return (
    <Section level={3} title={w('categories')} help={t('help')}>
      <div className="space-y-4">
        {value.categories.map(({ category }, index) => {
          const at = `categories.${String(index)}`;
          return (
            <Card key={category} level={3} title={wordOf(category)} action={readOnly || value.categories.length === 1 ? undefined : <IconButton label={t('remove', { name: wordOf(category) })} icon={<Trash2 />} onClick={() => onChange({ ...value, categories: value.categories.filter((_, place) => place !== index) })} />}>
              <div className="space-y-6">
                <RadioField path={`${at}.scope`} label={w('scope')} options={(['assisted', 'guidance'] as const).map((scope) => ({ value: scope, label: say.word('admin.settings.workflows.scopes', scope), help: scope === 'assisted' ? t('assistedHelp') : t('guidanceHelp') }))} />
                <ManyField path={`${at}.requiredDocuments`} label={w('documents')} help={t('documentsHelp')} columns={3} options={documentKinds.map((kind) => ({ value: kind, label: say.word('common.documentKinds', kind) }))} />
              </div>
            </Card>
          );
        })}
        {readOnly || missing.length === 0 ? null : <div className="flex flex-wrap gap-2">{missing.map((category) => <Button key={category} variant="secondary" icon={<Plus />} onClick={() => add(category)}>{t('add', { name: wordOf(category) })}</Button>)}</div>}
      </div>
    </Section>
  );
}

/** How fast the first decision comes, what is one matter, and why a claim may be rejected. */
export function TermsPart() {
  const t = useTranslations('editors.terms');
  const w = useTranslations('admin.settings.workflows');
  const u = useTranslations('settings.units');
  const say = useSay();
  return (
    <Section level={3} title={w('terms')}>
      <Card>
        <div className="grid gap-6 sm:grid-cols-2">
          <NumberField path="triageHours" label={w('triage')} help={t('triageHelp')} unit={u('hours')} />
          <NumberField path="matterWindowDays" label={w('matterWindow')} help={t('matterHelp')} unit={u('days')} />
          <ManyField path="rejectReasons" label={w('rejectReasons')} help={t('reasonsHelp')} className="sm:col-span-2" options={rejectReasons.map((reason) => ({ value: reason, label: say.word('common.rejectReasons', reason) }))} />
        </div>
      </Card>
    </Section>
  );
}
