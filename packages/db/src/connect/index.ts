export { openPool } from './pool';
export type { PoolOptions } from './pool';
export { assertRuntimeRole } from './runtime-role';
export { readTarget } from './url';
export type { Driver, NeonRelay, Target } from './url';
