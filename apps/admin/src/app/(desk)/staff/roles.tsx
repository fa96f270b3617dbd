'use client';
import { needsBranch, type StaffRole } from '@interdomestik/rules/permissions';
import { Button, IconButton, Notice, Section, toast, toastUndo } from '@interdomestik/ui';
import { Plus, Trash2 } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { useWord } from '../../_parts/use-word';
import { mayChangePosts, type Colleague, type StaffRights } from './colleague';
import { RoleFields } from './role-fields';
import { useStaffChanged } from './use-staff-changed';

/** Where a colleague works and as what; whoever may change it adds and takes away here. The last role goes only from a member, who stays one; whoever works here alone is shut out instead. */
export function Roles({ person, rights, isMember = false, className }: { person: Colleague; rights: StaffRights; isMember?: boolean | undefined; className?: string | undefined }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common.actions');
  const word = useWord();
  const router = useRouter();
  const changed = useStaffChanged();
  const may = mayChangePosts(person, rights);
  const [adding, setAdding] = useState(false);
  const grant = trpc.staff.grantRole.useMutation({ onSuccess: changed });
  const revoke = trpc.staff.revokeRole.useMutation();
  const take = (held: Colleague['roles'][number]) => {
    const what = { id: person.id, role: held.role, ...(held.branchId === null ? {} : { branchId: held.branchId }) };
    revoke.mutate(what, { onSuccess: () => { toastUndo(t('revoked'), c('undo'), () => grant.mutate(what)); if (person.roles.length === 1) router.push('/staff'); else changed(); } });
  };
  // a role of a branch can be held in several
  const free = rights.grantable.filter((role) => (needsBranch(role) && rights.branches.length > 1) || !person.roles.some((held) => held.role === role));
  return (
    <Section
      level={3}
      className={className}
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
            {may && (isMember || person.roles.length > 1) ? <IconButton label={t('revoke', { role: word('roles', one.role) })} icon={<Trash2 />} disabled={revoke.isPending} onClick={() => take(one)} /> : null}
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
  const changed = useStaffChanged();
  const errorText = useErrorText();
  const [role, setRole] = useState<StaffRole | undefined>(free.length === 1 ? free[0] : undefined);
  // most people work for one branch
  const [branchId, setBranchId] = useState<string | undefined>(person.roles.find((one) => one.branchId !== null)?.branchId ?? (rights.branches.length === 1 ? rights.branches[0]?.id : undefined));
  const grant = trpc.staff.grantRole.useMutation({
    onSuccess: () => {
      toast.success(t('granted'));
      onDone();
      changed();
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
