'use client';
import { needsBranch, type StaffRole } from '@interdomestik/rules/permissions';
import { Field, RadioCards, Select } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useWord } from '../../_parts/use-word';
import type { StaffRights } from './colleague';

interface RoleFieldsProps {
  readonly rights: StaffRights;
  /** Roles to choose from. */
  readonly roles: readonly StaffRole[];
  readonly role: string;
  readonly branchId: string | undefined;
  readonly onRole: (role: StaffRole) => void;
  readonly onBranch: (branchId: string) => void;
  readonly errors: { readonly role?: string | undefined; readonly branchId?: string | undefined };
}

/** A role, and the branch for it where the role needs one. */
export function RoleFields({ rights, roles, role, branchId, onRole, onBranch, errors }: RoleFieldsProps) {
  const c = useTranslations('common.fields');
  const word = useWord();
  const chosen = roles.find((one) => one === role);
  return (
    <>
      <Field group label={c('role')} error={errors.role}>
        <RadioCards value={role} onValueChange={(value) => { const next = roles.find((one) => one === value); if (next !== undefined) onRole(next); }} options={roles.map((value) => ({ value, label: word('roles', value) }))} />
      </Field>
      {chosen !== undefined && needsBranch(chosen) ? (
        <Field label={c('branch')} error={errors.branchId} required>
          <Select value={branchId} onValueChange={onBranch} options={rights.branches.map(({ id, name }) => ({ value: id, label: name }))} />
        </Field>
      ) : null}
    </>
  );
}
