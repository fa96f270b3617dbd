import { resolveScope, type TenantScope } from '@interdomestik/db';
import { can, newId, permissionsOf, permissionTable, visitorPermissions, type Permission, type Role } from '@interdomestik/rules';
import { callerFor } from '../testing';
import type { Asking } from './ask';
import type { Attack } from './attack';
import { consoleOf, outsideRoot, signInRoot } from './people';
import { visitorAt, type People, type Place } from './place';

/** Where an actor stands to the place under attack. */
type Standing = 'here' | 'otherBranch' | 'otherTenant' | 'nowhere';

export interface Actor extends Asking {
  readonly name: string;
  /** Null for those who are not signed in. */
  readonly role: Role | null;
  readonly standing: Standing;
  /** Which of the people of the place, where it is one of them. */
  readonly who: keyof People | null;
  /** The place of their own; null for those without one. */
  readonly home: Place | null;
}

/** Nobody at the host of no tenant: what every identity starts from. */
const nobody = { host: 'root' as const, site: null, scope: null, platform: null, pending: null };

const appOf = (role: Role): Asking['app'] => (role === 'member' ? 'member' : 'admin');

async function person(place: Place, who: keyof People, standing: Standing): Promise<Actor> {
  const { role } = place.people[who];
  return {
    name: `${who} ${standing}`, role, standing, who: standing === 'here' ? who : null, home: place, app: appOf(role),
    identity: { ...nobody, host: 'tenant', site: await visitorAt(place), scope: await place.scopeOf(who) },
  };
}

async function visitor(place: Place, standing: Standing): Promise<Actor> {
  return { name: `visitor ${standing}`, role: null, standing, who: null, home: null, app: 'member', identity: { ...nobody, host: 'tenant', site: await visitorAt(place) } };
}

const anybody: Actor = { name: 'anonymous', role: null, standing: 'nowhere', who: null, home: null, app: 'member', identity: nobody };

/** Nobody who is signed in, before the console. */
const atDoor: Actor = { ...anybody, name: 'visitor at the console', app: 'admin' };

/** A super admin outside every tenant. */
export async function rootOutside(): Promise<Actor> {
  const { console } = await outsideRoot();
  return { name: 'super admin outside', role: 'super_admin', standing: 'nowhere', who: null, home: null, app: 'admin', identity: { ...nobody, platform: console } };
}

/** A super admin who has entered the tenant of a place. */
async function rootInside(place: Place, standing: 'here' | 'otherTenant'): Promise<Actor> {
  const { sessionId, console } = await signInRoot();
  await callerFor(null, { platform: console, ip: newId() }).platform.enter({ tenantId: place.tenant.id, reason: 'An attack from inside a tenant' });
  const scope: TenantScope | null = await resolveScope({ kind: 'platform', sessionId });
  if (scope === null) throw new Error('the super admin did not get in');
  return { name: `super admin inside ${standing}`, role: 'tenant_admin', standing, who: standing === 'here' ? 'admin' : null, home: place, app: 'admin', identity: { ...nobody, scope, platform: await consoleOf(sessionId) } };
}

/** Everybody who attacks a place: its own people, the next branch's, another tenant's, and those who belong nowhere. */
export async function actorsAgainst(victim: Place, nextBranch: Place, otherTenant: Place): Promise<Actor[]> {
  const here = (['member', 'otherMember', 'promoter', 'agent', 'otherAgent', 'manager', 'admin'] as const).map((who) => person(victim, who, 'here'));
  const next = (['member', 'promoter', 'agent', 'manager'] as const).map((who) => person(nextBranch, who, 'otherBranch'));
  const other = (['member', 'promoter', 'agent', 'manager', 'admin'] as const).map((who) => person(otherTenant, who, 'otherTenant'));
  return [anybody, atDoor, ...await Promise.all([visitor(victim, 'here'), visitor(otherTenant, 'otherTenant'), ...here, ...next, ...other, rootInside(victim, 'here'), rootInside(otherTenant, 'otherTenant'), rootOutside()])];
}

/** Whether the permission table lets somebody call at all. */
export function mayCall(actor: Actor, permission: Permission, attack: Attack): boolean {
  const platform = permission.startsWith('platform.');
  if (actor.role === 'super_admin') return platform || visitorHolds(permission) || attack.outside === true;
  if (platform) return actor.identity.platform !== null;
  return actor.role === null ? visitorHolds(permission) : can(permissionsOf([actor.role]), permission);
}

const visitorHolds = (permission: Permission): boolean => can(visitorPermissions, permission) && 'visitor' in permissionTable[permission];

/** Whether the rows of an attack are in somebody's reach, so that a call is none: `by` and whoever stands above the rows. */
export function reachesRows(actor: Actor, attack: Attack): boolean {
  const of = attack.of ?? 'member';
  if (attack.by === 'door') return actor.identity.site === null && actor.app === 'admin';
  if (attack.by === 'root' || attack.by === 'entered') return actor.identity.platform !== null;
  if (of === 'bearer') return actor.standing !== 'otherTenant' && actor.standing !== 'nowhere';
  if (actor.standing !== 'here' || actor.who === null) return false;
  if (actor.who === attack.by) return true;
  if (of === 'person') return false;
  const above: Readonly<Record<Exclude<typeof of, 'person'>, readonly (keyof People)[]>> = {
    member: ['member', 'agent', 'manager', 'admin'], seller: ['agent', 'manager', 'admin'], branch: ['manager', 'admin'], tenant: ['admin'],
  };
  return above[of].includes(actor.who);
}

/** The one of the place whose call succeeds. */
export function rightful(actors: readonly Actor[], { by }: Attack): Actor {
  const is = (actor: Actor): boolean => {
    switch (by) {
      case 'root': return actor.role === 'super_admin';
      case 'entered': return actor.identity.platform !== null && actor.standing === 'here';
      case 'door': return actor === atDoor;
      case 'visitor': return actor.role === null && actor.standing === 'here';
      default: return actor.who === by;
    }
  };
  const found = actors.find(is);
  if (found === undefined) throw new Error(`nobody is ${by}`);
  return found;
}
