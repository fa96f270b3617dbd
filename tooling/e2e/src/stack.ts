import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '@interdomestik/db/testing';
import { adopt, dataDir, freePort, localSecrets, migrateDatabase, seedDatabase, stackEnv, startPortal, startStack, type Addresses } from '@interdomestik/up';

/** The whole product on a database, ports and folders of its own. */
export interface Product {
  readonly addresses: Addresses;
  /** Login that reads everything, for checking what the screens left behind. */
  readonly ownerUrl: string;
  /** The folder with one log a process. */
  readonly logs: string;
  /** Every line that a part has written as an error so far, with its name. */
  readonly complaints: readonly string[];
  /** Starts one more process of a portal on a port of its own, with other settings than the product's, or from a copy of its folder. */
  readonly another: (app: 'member' | 'admin', settings: Readonly<Record<string, string>>, folder?: string) => Promise<{ readonly address: string; readonly stop: () => Promise<void> }>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the built apps, the worker and the simulators on a fresh, seeded database. Nothing of a running `npm run up` is
 * touched: other ports, other database, other files.
 */
export async function startProduct(): Promise<Product> {
  const home = join(dataDir, 'e2e');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const database = await createTestDatabase();
  const ports = { member: await freePort(), admin: await freePort(), paddle: await freePort(), uploadthing: await freePort() };
  const logins = { app: database.appUrl, owner: database.ownerUrl, platform: database.platformUrl, backup: database.backupUrl };
  const env = { ...adopt(stackEnv({ secrets: localSecrets(), ports, database: logins, appEnv: 'test' })), SIMULATORS_DATA_DIR: join(home, 'simulators'), AUDIT_ANCHOR_DIR: join(home, 'audit') };
  try {
    await migrateDatabase(database.ownerUrl);
    // hundreds of old papers would be drawn beside the journeys, which look at those of their own sales
    await seedDatabase(logins, { papers: false });
    const complaints: string[] = [];
    const onError = (name: string, line: string): void => {
      complaints.push(`${name}: ${line}`);
      console.error(`${name}: ${line}`);
    };
    const stack = await startStack({ mode: 'start', ports, env, logDir: join(home, 'logs'), onError });
    stack.failure().catch((error: unknown) => { console.error(error); });
    return {
      addresses: stack.addresses,
      ownerUrl: database.ownerUrl,
      logs: join(home, 'logs'),
      complaints,
      another: async (app, settings, folder) => await startPortal({ app, folder, port: await freePort(), env: { ...env, ...settings }, logDir: join(home, 'logs', 'others') }),
      stop: async () => {
        await stack.stop();
        await database.drop();
      },
    };
  } catch (error) {
    await database.drop();
    throw error;
  }
}
