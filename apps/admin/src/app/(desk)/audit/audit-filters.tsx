'use client';
import { auditDoings } from '@interdomestik/rules/audit';
import { Button, DateInput, Field, Select, type Option } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { entities } from './entries';
import { useAuditWords } from './use-audit-words';

interface AuditFiltersProps {
  readonly get: (key: string) => string;
  readonly filter: (changes: Readonly<Record<string, string | null>>) => void;
  readonly branches: readonly Option[];
  readonly people: readonly Option[];
}

const keys = ['doing', 'entity', 'record', 'actor', 'branch', 'from', 'until'] as const;

// i18n-keys: admin.audit.doings.*
/** What was done, to what, by whom, where and when; all of it stands in the address. */
export function AuditFilters({ get, filter, branches, people }: AuditFiltersProps) {
  const t = useTranslations('admin.audit');
  const words = useAuditWords();
  const any = keys.some((key) => get(key) !== '');
  // somebody who is no colleague any more, or a member, came here by a link
  const others = get('actor') === '' || people.some(({ value }) => value === get('actor')) ? [] : [{ value: get('actor'), label: t('onlyPerson') }];
  const select = (key: string, label: string, all: string, options: readonly Option[]) => (
    <Select aria-label={label} className="w-full sm:w-56" value={get(key)} onValueChange={(value) => filter({ [key]: value })} options={[{ value: '', label: all }, ...options]} />
  );
  return (
    <>
      {select('doing', t('doing'), t('allDoings'), auditDoings.map((value) => ({ value, label: t(`doings.${value}`) })))}
      {select('entity', t('record'), t('allRecords'), entities.map((value) => ({ value, label: words.entity(value) })).toSorted((a, b) => a.label.localeCompare(b.label)))}
      {people.length + others.length === 0 ? null : select('actor', t('who'), t('allPeople'), [...others, ...people.toSorted((a, b) => a.label.localeCompare(b.label))])}
      {branches.length < 2 ? null : select('branch', t('branch'), t('allBranches'), branches)}
      <Field label={t('from')} className="w-40"><DateInput value={get('from') || null} onValueChange={(value, text) => { if (value !== null || text === '') filter({ from: value }); }} /></Field>
      <Field label={t('until')} className="w-40"><DateInput value={get('until') || null} onValueChange={(value, text) => { if (value !== null || text === '') filter({ until: value }); }} /></Field>
      {get('record') === '' ? null : <Button variant="secondary" onClick={() => filter({ record: null })}>{t('removeFilter', { filter: t('onlyRecord') })}</Button>}
      {any ? <Button variant="ghost" onClick={() => filter(Object.fromEntries(keys.map((key) => [key, null])))}>{t('clear')}</Button> : null}
    </>
  );
}
