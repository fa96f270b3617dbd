import { explain } from './clear-error';
import { adopt, env } from './env';
import { localSecrets } from './local-secrets';
import { localEnv } from './stack-env';

/**
 * `npm run secrets:rotate`: seals what is sealed in the database anew with the first key of ENCRYPTION_KEY. Safe to break off and to
 * repeat; how a key is exchanged stands in docs/operations/sealed-secrets.md.
 */
try {
  adopt(localEnv({ secrets: localSecrets(), ports: env.ports(), appEnv: env.appEnv(), rootDomain: env.rootDomain() }));
  const [{ databaseUrls }, { closeDatabase, connectDatabase }, { rotateSecrets }] = await Promise.all([import('@interdomestik/db/embedded'), import('@interdomestik/db'), import('@interdomestik/api/console')]);
  const urls = await databaseUrls();
  await connectDatabase({ appUrl: urls.app, platformUrl: urls.platform, max: 2, applicationName: 'interdomestik-rotate' });
  try {
    const { resealed, current, broken } = await rotateSecrets();
    console.log(`${String(resealed)} sealed anew with the first key, ${String(current)} were already.`);
    for (const place of broken) console.error(`not opened by any key, left as it is: ${place}`);
    if (broken.length > 0) process.exitCode = 1;
    else console.log(resealed === 0 ? 'Nothing needs the older keys: they may go.' : 'Run it once more when every process has the new key; when it seals nothing anew, the older keys may go.');
  } finally {
    await closeDatabase();
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
