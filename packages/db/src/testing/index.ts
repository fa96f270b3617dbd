export { createTestDatabase } from './database';
export type { TestDatabase, TestDatabaseOptions } from './database';
export { startRelay } from './relay';
export type { Relay } from './relay';
export { useDatabase } from './use-database';
export type { CurrentDatabase } from './use-database';
export { sampleOf } from './sample';
export { fillPlace, seeded, type Row } from './factories';
