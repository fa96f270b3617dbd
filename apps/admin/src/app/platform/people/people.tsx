'use client';
import { Badge, Button, DataTable, EmptyState, Menu, PageHead, Status, type DataColumn, type MenuItem } from '@interdomestik/ui';
import { Ban, Mail, UserPlus, UsersRound } from '@interdomestik/ui/icons';
import type { Locale } from '@interdomestik/rules/locales';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { DeviceMoment } from '../device-moment';
import { DisableDialog } from './disable-dialog';
import { InvitePanel } from './invite-panel';
import { SentDialog, useTold, type Told } from './sent-dialog';

type Person = Outputs['superAdmins']['list'][number];

interface PeopleProps {
  readonly people: readonly Person[];
  readonly locale: Locale;
  readonly languages: readonly { readonly code: Locale; readonly name: string }[];
}

/** Everybody who looks after the platform; invites, disables. */
export function People({ people, locale, languages }: PeopleProps) {
  const t = useTranslations('admin.superAdmins');
  const c = useTranslations('common');
  const [inviting, setInviting] = useState<Pick<Person, 'name' | 'email'> | null>(null);
  const [disabling, setDisabling] = useState<Person | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const tell = useTold(setTold);
  const resend = trpc.superAdmins.resend.useMutation();
  const actions = (person: Person): MenuItem[] => {
    if (person.self) return [];
    if (person.status === 'disabled') return [{ label: t('again'), icon: <UserPlus />, onSelect: () => setInviting(person) }];
    const off: MenuItem = { label: person.status === 'invited' ? t('withdraw') : t('disable'), icon: <Ban />, danger: true, onSelect: () => setDisabling(person) };
    const again: MenuItem = { label: t('sendAgain'), icon: <Mail />, onSelect: () => resend.mutate({ id: person.id }, { onSuccess: (delivery) => tell(person.name, delivery) }) };
    return person.status === 'invited' ? [again, off] : [off];
  };
  const columns: readonly DataColumn<Person>[] = [
    { id: 'name', header: c('fields.name'), cell: (person) => <>{person.name}{person.self ? <Badge tone="accent" className="ml-2">{t('you')}</Badge> : null}</>, card: 'title' },
    { id: 'email', header: c('fields.email'), cell: (person) => <span className="break-all">{person.email}</span> },
    { id: 'status', header: c('fields.status'), cell: (person) => <StateMark kind="user" value={person.status} look="plain" />, card: 'status', width: '9rem' },
    { id: 'steps', header: t('twoSteps'), cell: (person) => (person.twoSteps ? <Status tone="success" look="plain">{t('twoStepsOn')}</Status> : <Status tone="neutral" shape="waiting" look="plain">{t('twoStepsOff')}</Status>), width: '11rem' },
    { id: 'seen', header: t('lastSeen'), cell: (person) => (person.lastSeenAt === null ? <span className="text-ink-muted">{t('never')}</span> : <DeviceMoment value={person.lastSeenAt} />), width: '9.5rem' },
    { id: 'actions', header: '', cell: (person) => (person.self ? null : <Menu items={actions(person)} />), align: 'end', width: '3.5rem' },
  ];
  return (
    <>
      <PageHead title={t('title')} meta={<span className="max-w-prose">{t('help')}</span>} actions={<Button onClick={() => setInviting({ name: '', email: '' })}>{t('invite')}</Button>} />
      <DataTable label={t('title')} columns={columns} rows={people} rowKey={(person) => person.id} rowLabel={(person) => person.name} empty={<EmptyState icon={<UsersRound />} title={c('ui.emptyTitle')} />} />
      {inviting === null ? null : <InvitePanel person={inviting} locale={locale} languages={languages} onSent={tell} onClose={() => setInviting(null)} />}
      {disabling === null ? null : <DisableDialog person={disabling} onClose={() => setDisabling(null)} />}
      {told === null ? null : <SentDialog told={told} onClose={() => setTold(null)} />}
    </>
  );
}
