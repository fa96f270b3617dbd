'use client';
import { Button, Field, NativeSelect, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useWord } from '../../../../_parts/use-word';
import { fateOf, firstUndecided, needsSuccessor, successorsFor, type Colleague, type Fate, type Fates, type Holdings, type Target } from './plan';

interface TeamStepProps {
  readonly holdings: Holdings;
  readonly target: Target;
  readonly fates: Fates;
  readonly onChange: (fates: Fates) => void;
  readonly onNext: () => void;
  readonly onBack: () => void;
}

/** Person by person: goes along with all members, or leaves, and then who takes over. */
export function TeamStep({ holdings, target, fates, onChange, onNext, onBack }: TeamStepProps) {
  const t = useTranslations('admin.branches');
  const c = useTranslations('common.actions');
  const [asked, setAsked] = useState(false);
  const undecided = firstUndecided(holdings, target, fates);
  return (
    <form
      method="post"
      className="space-y-6"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (undecided === undefined) onNext();
      }}
    >
      <p className="text-ink-muted">{t('teamHelp', { branch: target.name })}</p>
      {asked && undecided !== undefined ? <Notice tone="danger" live>{t('successorMissing', { name: undecided.name })}</Notice> : null}
      <ul className="divide-y divide-line border-y">
        {holdings.team.map((person) => (
          <Person key={person.userId} person={person} target={target} fate={fateOf(fates, person)} successors={successorsFor(person, holdings, target, fates)} onChange={(fate) => onChange({ ...fates, [person.userId]: fate })} />
        ))}
      </ul>
      <div className="flex gap-2"><Button type="submit">{c('continue')}</Button><Button variant="secondary" onClick={onBack}>{c('back')}</Button></div>
    </form>
  );
}

interface PersonProps {
  readonly person: Colleague;
  readonly target: Target;
  readonly fate: Fate;
  readonly successors: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (fate: Fate) => void;
}

function Person({ person, target, fate, successors, onChange }: PersonProps) {
  const t = useTranslations('admin.branches');
  const word = useWord();
  const looksAfter = person.members > 0 || person.openLeads > 0;
  const nobody = needsSuccessor(person) ? { value: '', label: t('chooseSuccessor') } : { value: '', label: t('nobody') };
  return (
    <li className="grid gap-x-6 gap-y-3 py-4 sm:grid-cols-2">
      <div>
        <div className="font-semibold">{person.name}</div>
        <div className="text-note text-ink-muted">{person.roles.map((role) => word('roles', role)).join(', ')}</div>
        {looksAfter ? <div className="text-note text-ink-muted">{t('looksAfter', { members: person.members, leads: person.openLeads })}</div> : null}
      </div>
      <div className="space-y-3">
        <Field label={t('fate', { name: person.name })} hideLabel>
          <NativeSelect
            value={fate.goes ? 'goes' : 'leaves'}
            onChange={(event) => onChange(event.target.value === 'goes' ? { goes: true } : { goes: false, successorId: null })}
            options={[{ value: 'goes', label: t('goesAlong', { branch: target.name }) }, { value: 'leaves', label: t('leaves') }]}
          />
        </Field>
        {fate.goes || !looksAfter ? null : (
          <Field label={t('successor')} help={needsSuccessor(person) ? undefined : t('nobodyHelp')}>
            <NativeSelect value={fate.successorId ?? ''} onChange={(event) => onChange({ goes: false, successorId: event.target.value === '' ? null : event.target.value })} options={[nobody, ...successors.map(({ id, name }) => ({ value: id, label: name }))]} />
          </Field>
        )}
      </div>
    </li>
  );
}
