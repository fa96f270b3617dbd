import { installQueues } from './install';

/** What follows the migrations outside the schema; the migration command loads this file. */
export const afterMigrate: readonly ((ownerUrl: string) => Promise<void>)[] = [installQueues];
