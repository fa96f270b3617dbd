'use client';
import { needsBranch } from '@interdomestik/rules/permissions';
import { inviteStaffInput } from '@interdomestik/rules/staff';
import { Button, Field, Input, Notice, SidePanel, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { RoleFields } from './role-fields';
import type { StaffRights } from './colleague';

/** Invites somebody to work here, by e-mail. */
export function InvitePanel({ rights, onClose }: { rights: StaffRights; onClose: () => void }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common');
  const router = useRouter();
  const errorText = useErrorText();
  const only = rights.branches.length === 1 ? rights.branches[0]?.id : undefined;
  const form = useForm({
    resolver: formResolver(inviteStaffInput),
    defaultValues: { email: '', firstName: '', lastName: '', role: rights.grantable.includes('agent') ? 'agent' as const : rights.grantable[0] ?? 'promoter', branchId: only },
  });
  const invite = trpc.staff.invite.useMutation({
    onSuccess: (_, { firstName, lastName }) => {
      toast.success(t('invited', { name: `${firstName} ${lastName}` }));
      onClose();
      router.refresh();
    },
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  const [role, branchId] = form.watch(['role', 'branchId']);
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={t('invite')}
      footer={
        <>
          <Button type="submit" form="invite-staff" loading={invite.isPending}>{t('sendInvite')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('actions.cancel')}</Button>
        </>
      }
    >
      <form method="post" id="invite-staff" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => invite.mutate(values))}>
        <p className="text-ink-muted">{t('inviteHelp')}</p>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={c('fields.firstName')} error={errorText(errors.firstName)} required><Input {...form.register('firstName')} autoComplete="off" /></Field>
        <Field label={c('fields.lastName')} error={errorText(errors.lastName)} required><Input {...form.register('lastName')} autoComplete="off" /></Field>
        <Field label={c('fields.email')} error={errorText(errors.email)} required><Input {...form.register('email')} type="email" inputMode="email" autoComplete="off" /></Field>
        <RoleFields
          rights={rights}
          roles={rights.grantable}
          role={role}
          branchId={branchId}
          onRole={(next) => {
            form.setValue('role', next);
            form.setValue('branchId', needsBranch(next) ? (branchId ?? only) : undefined);
            form.clearErrors(['role', 'branchId']);
          }}
          onBranch={(next) => { form.setValue('branchId', next); form.clearErrors('branchId'); }}
          errors={{ role: errorText(errors.role), branchId: errorText(errors.branchId) }}
        />
      </form>
    </SidePanel>
  );
}
