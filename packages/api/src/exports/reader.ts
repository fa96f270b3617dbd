import { can, forbidden, type Permission } from '@interdomestik/rules';
import { scopeFor, type TenantScope } from '@interdomestik/db';

/**
 * The scope of somebody who takes away what they may read: the narrower of the two reaches. `scope` is the one of the permission to take data away. Throws FORBIDDEN where what is read is not theirs to read in it:
 * whoever may take data away of one branch and read another takes nothing.
 */
export function readerOf(scope: TenantScope, permission: Permission): TenantScope {
  const reader = scope.reach.kind === 'tenant' ? scopeFor(scope, permission) : scope;
  if (reader === null || !can(reader.permissions, permission)) throw forbidden();
  return reader;
}
