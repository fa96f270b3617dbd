import { afterAll, beforeAll } from 'vitest';
import { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './database';

/** The database of the running test file; reading it before the tests run throws. */
export interface CurrentDatabase {
  readonly current: TestDatabase;
}

/** Gives a test file (or a describe block) a migrated database of its own, and drops it at the end. Call it outside tests. What `options` is as a function is asked when the tests begin. */
export function useDatabase(options: TestDatabaseOptions | (() => Promise<TestDatabaseOptions>) = {}): CurrentDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase(typeof options === 'function' ? await options() : options);
  }, 120_000);
  afterAll(async () => {
    await database?.drop();
  }, 30_000);
  return {
    get current() {
      if (database === undefined) throw new Error('useDatabase: the database exists only while tests run');
      return database;
    },
  };
}
