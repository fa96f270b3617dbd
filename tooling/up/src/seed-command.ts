import { parseArgs } from 'node:util';
import { databaseUrls } from '@interdomestik/db/embedded';
import { ClearError, explain } from './clear-error';
import { adopt, env } from './env';
import { localSecrets } from './local-secrets';
import { seedDatabase } from './schema';
import { localEnv } from './stack-env';

const most = 10_000_000;

function membersAsked(): number | undefined {
  const { members } = parseArgs({ options: { members: { type: 'string' } } }).values;
  if (members === undefined) return undefined;
  const count = Number(members);
  if (!Number.isInteger(count) || count < 0 || count > most) throw new ClearError(`--members ${members}: a whole number from 0 to ${most}.`);
  return count;
}

/**
 * `npm run seed`: fills the database of this checkout, or the one that the environment names. With `-- --members 1000000` the tenants
 * grow to that many members in all; what is there stays, so a second run changes nothing.
 */
try {
  const members = membersAsked();
  adopt(localEnv({ secrets: localSecrets(), ports: env.ports(), appEnv: env.appEnv(), rootDomain: env.rootDomain() }));
  const urls = await databaseUrls();
  console.log(await seedDatabase(urls));
  if (members !== undefined) {
    const { growDemo } = await import('./seed');
    console.log(`${await growDemo(urls, members, console.log)} members added`);
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
