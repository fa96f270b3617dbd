import { databaseUrls } from '@interdomestik/db/embedded';
import { explain } from './clear-error';
import { adopt, env } from './env';
import { localSecrets } from './local-secrets';
import { seedDatabase } from './schema';
import { localEnv } from './stack-env';

/** `npm run db:seed`: fills the database of this checkout, or the one that the environment names. */
try {
  adopt(localEnv({ secrets: localSecrets(), ports: env.ports(), appEnv: env.appEnv(), rootDomain: env.rootDomain() }));
  console.log(await seedDatabase(await databaseUrls()));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
