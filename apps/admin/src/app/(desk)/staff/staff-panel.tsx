'use client';
import { needsBranch, type StaffRole } from '@interdomestik/rules/permissions';
import { Button, IconButton, KeyValue, Notice, Section, SidePanel, TextLink, toast, toastUndo } from '@interdomestik/ui';
import { Plus, Trash2 } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { StateMark } from '../../_parts/state-mark';
import { useFormats } from '../../_parts/use-formats';
import { useWord } from '../../_parts/use-word';
import { DayOf, Moment } from '../../_parts/values';
import { Grants } from './grants';
import { RoleFields } from './role-fields';
import { fullName, type Colleague, type StaffRights } from './colleague';

/** A colleague beside the list: how to reach them, their roles, and what may be done about their access. */
export function StaffPanel({ person, rights, onClose }: { person: Colleague; rights: StaffRights; onClose: () => void }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common.fields');
  const formats = useFormats();
  // roles above the own are not the viewer's to touch, nor is the person who holds them
  const within = person.roles.every(({ role }) => rights.grantable.includes(role));
  const may = rights.mayInvite && !person.isSelf && within;
  return (
    <SidePanel open onOpenChange={onClose} title={fullName(person)} meta={<StateMark kind="user" value={person.status} />}>
      {person.isSelf ? <Notice tone="neutral" className="mb-4">{t('ownHelp')}</Notice> : null}
      <KeyValue
        items={[
          { label: c('email'), value: person.email === null ? '–' : <TextLink href={`mailto:${person.email}`} className="break-all">{person.email}</TextLink> },
          { label: c('phone'), value: person.phone === null ? '–' : <TextLink href={`tel:${person.phone.replaceAll(' ', '')}`}>{person.phone}</TextLink> },
          { label: t('since'), value: <DayOf value={person.createdAt} /> },
          { label: t('lastSeen'), value: person.lastSeenAt === null ? t('never') : <Moment value={person.lastSeenAt} /> },
          ...(person.status === 'invited'
            ? [{ label: t('invitation'), value: person.invitationExpired || person.invitedUntil === null ? t('invitationExpired') : t('invitedUntil', { date: formats.dayOf(person.invitedUntil) }) }]
            : []),
        ]}
      />
      <Roles person={person} rights={rights} may={may && rights.grantable.length > 0 && person.status !== 'disabled'} />
      <Grants person={person} rights={rights} />
      {may ? <Access person={person} onClose={onClose} /> : null}
    </SidePanel>
  );
}

function Roles({ person, rights, may }: { person: Colleague; rights: StaffRights; may: boolean }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common.actions');
  const word = useWord();
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const grant = trpc.staff.grantRole.useMutation({ onSuccess: () => router.refresh() });
  const revoke = trpc.staff.revokeRole.useMutation();
  const take = (held: Colleague['roles'][number]) => {
    const what = { id: person.id, role: held.role, ...(held.branchId === null ? {} : { branchId: held.branchId }) };
    revoke.mutate(what, { onSuccess: () => { toastUndo(t('revoked'), c('undo'), () => grant.mutate(what)); router.refresh(); } });
  };
  // a role of a branch can be held in several
  const free = rights.grantable.filter((role) => (needsBranch(role) && rights.branches.length > 1) || !person.roles.some((held) => held.role === role));
  return (
    <Section
      level={3}
      className="mt-6"
      title={t('roles')}
      action={may && !adding && free.length > 0 ? <Button size="small" variant="secondary" icon={<Plus />} onClick={() => setAdding(true)}>{t('grant')}</Button> : undefined}
    >
      <ul className="divide-y divide-line border-t">
        {person.roles.map((one) => (
          <li key={`${one.role}/${one.branchId ?? ''}`} className="flex min-h-control items-center justify-between gap-3 py-1.5">
            <span>
              <span className="font-semibold">{word('roles', one.role)}</span>
              <span className="block text-note text-ink-muted">{one.branchName ?? t('wholeCountry')}</span>
            </span>
            {may && person.roles.length > 1 ? <IconButton label={t('revoke', { role: word('roles', one.role) })} icon={<Trash2 />} disabled={revoke.isPending} onClick={() => take(one)} /> : null}
          </li>
        ))}
      </ul>
      {adding ? <AddRole person={person} rights={rights} free={free} onDone={() => setAdding(false)} /> : null}
    </Section>
  );
}

function AddRole({ person, rights, free, onDone }: { person: Colleague; rights: StaffRights; free: readonly StaffRole[]; onDone: () => void }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const errorText = useErrorText();
  const [role, setRole] = useState<StaffRole | undefined>(free.length === 1 ? free[0] : undefined);
  // most people work for one branch
  const [branchId, setBranchId] = useState<string | undefined>(person.roles.find((one) => one.branchId !== null)?.branchId ?? (rights.branches.length === 1 ? rights.branches[0]?.id : undefined));
  const grant = trpc.staff.grantRole.useMutation({
    onSuccess: () => {
      toast.success(t('granted'));
      onDone();
      router.refresh();
    },
    // said beside the fields
    onError: () => undefined,
  });
  const [incomplete, setIncomplete] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const ready = role !== undefined && (!needsBranch(role) || branchId !== undefined);
    setIncomplete(!ready);
    if (ready) grant.mutate({ id: person.id, role, ...(needsBranch(role) && branchId !== undefined ? { branchId } : {}) });
  };
  const refused = fieldErrors(grant.error);
  const missing = (empty: boolean) => (incomplete && empty ? errorText('errors.required') : '');
  return (
    <form method="post" noValidate className="mt-4 space-y-4" onSubmit={send}>
      {grant.error !== null && Object.keys(refused).length === 0 ? <Notice tone="danger" live>{errorText(grant.error)}</Notice> : null}
      <RoleFields
        rights={rights}
        roles={free}
        role={role ?? ''}
        branchId={branchId}
        onRole={setRole}
        onBranch={setBranchId}
        errors={{ role: errorText(refused['role']) || missing(role === undefined), branchId: errorText(refused['branchId']) || missing(branchId === undefined) }}
      />
      <div className="flex gap-2">
        <Button type="submit" loading={grant.isPending}>{t('grant')}</Button>
        <Button variant="secondary" onClick={onDone}>{c('cancel')}</Button>
      </div>
    </form>
  );
}

function Access({ person, onClose }: { person: Colleague; onClose: () => void }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const name = fullName(person);
  const resend = trpc.staff.resendInvitation.useMutation({ onSuccess: () => { toast.success(t('invited', { name })); router.refresh(); } });
  const enable = trpc.staff.enable.useMutation({ onSuccess: () => { toast.success(t('enabled', { name })); router.refresh(); } });
  const disable = trpc.staff.disable.useMutation({
    onSuccess: () => {
      toastUndo(t('disabled', { name }), c('undo'), () => enable.mutate({ id: person.id }));
      onClose();
      router.refresh();
    },
  });
  return (
    <div className="mt-8 space-y-3 border-t pt-4">
      {person.status === 'invited' ? <Button variant="secondary" loading={resend.isPending} onClick={() => resend.mutate({ id: person.id })}>{t('resend')}</Button> : null}
      {person.status === 'disabled' ? (
        <Button variant="secondary" loading={enable.isPending} onClick={() => enable.mutate({ id: person.id })}>{t('enable')}</Button>
      ) : (
        <>
          <p className="text-note text-ink-muted">{t('disableHelp')}</p>
          <Button variant="secondary" className="text-danger-ink" loading={disable.isPending} onClick={() => disable.mutate({ id: person.id })}>{t('disable')}</Button>
        </>
      )}
    </div>
  );
}
