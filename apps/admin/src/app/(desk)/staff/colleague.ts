import type { StaffRole } from '@interdomestik/rules/permissions';
import type { Outputs } from '@/trpc/outputs';

export type Colleague = Outputs['staff']['list']['items'][number];

export interface StaffRights {
  readonly branches: readonly { readonly id: string; readonly name: string }[];
  readonly wholeTenant: boolean;
  readonly mayInvite: boolean;
  /** Roles that the person may give and take away. */
  readonly grantable: readonly StaffRole[];
}

/** First and last name of a colleague. */
export function fullName(person: { readonly firstName: string; readonly lastName: string }): string {
  return `${person.firstName} ${person.lastName}`.trim();
}
