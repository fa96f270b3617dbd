'use client';
import { canGrantPermission, grantableIn, grantablePermissions, type Permission, type Role } from '@interdomestik/rules/permissions';
import { Button, Field, IconButton, NativeSelect, Notice, Section, toast } from '@interdomestik/ui';
import { Plus, Trash2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import type { Colleague, StaffRights } from './colleague';
import { usePermissionWord } from './use-permission-word';
import { useStaffChanged } from './use-staff-changed';

/** What a colleague may do beyond the roles; whoever may change the roles gives and takes here. */
export function Grants({ person, rights, className }: { person: Colleague; rights: StaffRights; className?: string | undefined }) {
  const t = useTranslations('admin.staff');
  const word = usePermissionWord();
  const changed = useStaffChanged();
  const [adding, setAdding] = useState(false);
  const { data } = trpc.staff.get.useQuery({ id: person.id });
  const withdraw = trpc.staff.withdrawPermission.useMutation({
    onSuccess: () => {
      toast.success(t('withdrawn'));
      changed();
    },
  });
  if (data === undefined) return null;
  const may = data.may.posts && rights.grantable.length > 0;
  return (
    <Section
      level={3}
      className={className}
      title={t('grants')}
      action={may && !adding ? <Button size="small" variant="secondary" icon={<Plus />} onClick={() => setAdding(true)}>{t('givePermission')}</Button> : undefined}
    >
      {data.grants.length === 0 ? <p className="text-note text-ink-muted">{t('noGrants')}</p> : null}
      <ul className="divide-y divide-line">
        {data.grants.map((grant) => (
          <li key={grant.id} className="flex min-h-control items-center justify-between gap-3 py-1.5">
            <span>
              <span className="font-semibold">{word(grant.permission)}</span>
              <span className="block text-note text-ink-muted">{grant.branchName ?? t('wholeCountry')}</span>
              {grant.holds ? null : <span className="block text-note text-warning-ink">{t('sleeps')}</span>}
            </span>
            {may && (rights.wholeTenant || grant.branchId !== null) ? <IconButton label={t('withdraw', { permission: word(grant.permission) })} icon={<Trash2 />} disabled={withdraw.isPending} onClick={() => withdraw.mutate({ id: person.id, grantId: grant.id })} /> : null}
          </li>
        ))}
      </ul>
      {adding ? <GivePermission person={person} rights={rights} onDone={() => setAdding(false)} /> : null}
    </Section>
  );
}

function GivePermission({ person, rights, onDone }: { person: Colleague; rights: StaffRights; onDone: () => void }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common');
  const word = usePermissionWord();
  const errorText = useErrorText();
  const changed = useStaffChanged();
  const own: readonly Role[] = rights.wholeTenant ? ['tenant_admin'] : ['branch_manager'];
  const offered = grantablePermissions.filter((permission) => canGrantPermission(own, permission) && (rights.wholeTenant || grantableIn(permission) === 'branch'));
  const [permission, setPermission] = useState<Permission | undefined>(offered[0]);
  const places = rights.branches.filter(({ id }) => person.roles.some(({ branchId }) => branchId === id));
  const [branchId, setBranchId] = useState(places[0]?.id ?? '');
  const give = trpc.staff.grantPermission.useMutation({
    onSuccess: () => {
      toast.success(t('permissionGiven'));
      onDone();
      changed();
    },
    // said beside the fields
    onError: () => undefined,
  });
  const inBranch = permission !== undefined && grantableIn(permission) === 'branch';
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (permission !== undefined) give.mutate({ id: person.id, permission, ...(inBranch && branchId !== '' ? { branchId } : {}) });
  };
  const refused = fieldErrors(give.error);
  return (
    <form method="post" noValidate className="mt-4 space-y-4" onSubmit={send}>
      <p className="text-note text-ink-muted">{t('grantsHelp')}</p>
      {give.error !== null && Object.keys(refused).length === 0 ? <Notice tone="danger" live>{errorText(give.error)}</Notice> : null}
      <Field label={t('permission')} error={errorText(refused['permission'])}>
        <NativeSelect value={permission ?? ''} onChange={(event) => setPermission(offered.find((one) => one === event.target.value))} options={offered.map((value) => ({ value, label: word(value) }))} />
      </Field>
      {inBranch ? (
        <Field label={c('fields.branch')} error={errorText(refused['branchId'])}>
          <NativeSelect
            value={branchId}
            onChange={(event) => setBranchId(event.target.value)}
            options={[...places.map(({ id, name }) => ({ value: id, label: name })), ...(rights.wholeTenant ? [{ value: '', label: t('wholeCountry') }] : [])]}
          />
        </Field>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" loading={give.isPending}>{t('givePermission')}</Button>
        <Button variant="secondary" onClick={onDone}>{c('actions.cancel')}</Button>
      </div>
    </form>
  );
}
