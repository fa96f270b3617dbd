export { countAttempt, forgetAttempts, forgiveAttempt, type AttemptCount, type AttemptLimit } from './limits';
export { listTenants, findTenant, forgetTenants, type Tenant } from './directory';
export { withPlatform, resolvePlatformScope, platformDoor, type PlatformScope } from './platform';
export type { PlatformSessionRow } from './platform-session';
export { assertDatabase, closeDatabase, connectDatabase } from './pools';
export { actAsTenant, inAction, resolveScope, type ActorKind, type Reach, type ScopeActor, type ScopeSource, type TenantScope } from './scope';
export { assertOutsideTransaction, queryIn, readTenant, withTenant, type Tx } from './tenant';
export { visible, type ScopedTable } from './visible';
export { countRejection } from './rejections';
