export { planAccess } from './access';
export type { AccessFacts, AccessFactsByTable, AccessPlan, RowGrant } from './access';
export { MigrationError } from './errors';
export { migrate } from './migrate';
export type { AfterMigrateHook, MigrateOptions, MigrateResult } from './migrate';
export { migrationsDir } from './dir';
export { ensureRoles, roleNames, rolesSql } from './roles';
export type { RoleKind, RolePasswords } from './roles';
