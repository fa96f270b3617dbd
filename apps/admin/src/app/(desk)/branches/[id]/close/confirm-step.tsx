'use client';
import { Button, Field, Input, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '@/trpc/errors';
import { fateOf, type Fates, type Holdings, type Target } from './plan';

interface ConfirmStepProps {
  readonly holdings: Holdings;
  readonly target: Target | null;
  readonly fates: Fates;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onBack: () => void;
}

/** What will happen in words, and the branch's name or code typed as a yes. */
export function ConfirmStep({ holdings, target, fates, busy, error, onConfirm, onBack }: ConfirmStepProps) {
  const t = useTranslations('admin.branches');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const [typed, setTyped] = useState('');
  const said = typed.trim().toLocaleLowerCase();
  const right = [holdings.code, holdings.name].some((word) => word.trim().toLocaleLowerCase() === said);
  const leavers = holdings.team.filter((person) => !fateOf(fates, person).goes).map(({ name }) => name);
  return (
    <form method="post" className="space-y-6" onSubmit={(event) => { event.preventDefault(); if (right && !busy) onConfirm(); }}>
      {target === null ? <p>{t('confirmEmpty')}</p> : (
        <ul className="list-disc space-y-1 pl-5">
          <li>{t('confirmMembers', { members: holdings.members, branch: target.name })}</li>
          <li>{t('confirmWork', { leads: holdings.openLeads, claims: holdings.openClaims })}</li>
          <li>{t('confirmTeam', { people: holdings.team.length - leavers.length })}</li>
          {leavers.length > 0 ? <li>{t('confirmLeavers', { names: leavers.join(', ') })}</li> : null}
          {holdings.openTransfers > 0 ? <li>{t('confirmTransfers', { count: holdings.openTransfers })}</li> : null}
          <li>{t('moneyStays')}</li>
        </ul>
      )}
      <p className="text-ink-muted">{t('canReopen')}</p>
      {error == null ? null : <Notice tone="danger" live>{errorText(error)}</Notice>}
      <Field label={t('typeName', { name: holdings.name, code: holdings.code })}><Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>
      <div className="flex flex-wrap gap-2"><Button type="submit" variant="danger" disabled={!right} loading={busy}>{t('close')}</Button><Button variant="secondary" onClick={onBack}>{c('back')}</Button></div>
    </form>
  );
}
