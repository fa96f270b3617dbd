import type { StaffRole } from '@interdomestik/rules/permissions';
import type { Outputs } from '@/trpc/outputs';

export type Colleague = Outputs['staff']['list']['items'][number];

/** A colleague as the page of one person knows them. */
export type ColleagueDetails = Outputs['staff']['get'];

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

// roles above the own are not the viewer's to touch, nor is the person who holds them
const within = (person: Colleague, rights: StaffRights): boolean => !person.isSelf && rights.grantable.length > 0 && person.roles.every(({ role }) => rights.grantable.includes(role));

/** Whether the viewer may give the colleague roles and permissions, and take them away; the procedures decide again. */
export function mayChangePosts(person: Colleague, rights: StaffRights): boolean {
  return within(person, rights) && person.status !== 'disabled';
}

/** Whether the viewer may invite the colleague again, end and give back the access. */
export function mayChangeAccess(person: Colleague, rights: StaffRights): boolean {
  return rights.mayInvite && within(person, rights);
}
