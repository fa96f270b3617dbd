import { invalid } from '@interdomestik/rules';
import { newPasswordFault } from '@interdomestik/rules/passwords';
import type { TenantScope } from '@interdomestik/db';

/** Throws INVALID with the field `password` for one that stands in leaked lists or says little more than its owner's name, address or tenant. */
export function assertNewPassword(scope: TenantScope, password: string, owner: { readonly email: string | null; readonly firstName: string; readonly lastName: string }): void {
  const { email, firstName, lastName } = owner;
  const fault = newPasswordFault(password, { email, names: [firstName, lastName], tenantName: scope.tenant.name });
  if (fault !== null) throw invalid('password', fault);
}
