import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { explain } from './clear-error';
import { adopt, env } from './env';
import { localSecrets } from './local-secrets';
import { localEnv } from './stack-env';
import { checkPackText, type Told } from './tenant-pack';

const usage = `Usage:
  npm run tenant -- create --pack FILE --check     says every mistake in a country pack with its place, or tries the country: makes it beside the others in a
                                                   database of its own, sells, numbers and takes a claim there, and throws it away
  npm run tenant -- create --pack FILE --admin-name "FIRST LAST" --admin-email ADDRESS [--admin-locale mk|sq|sr|en] [--by SUPER_ADMIN]
                                                   makes the country in the running database, and invites its first administrator
  npm run tenant -- list                           the countries there are
  --json                                           says it for programs`;

class Wrong extends Error {}

function argumentsOf() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        pack: { type: 'string' }, check: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, by: { type: 'string' },
        'admin-name': { type: 'string' }, 'admin-email': { type: 'string' }, 'admin-locale': { type: 'string' },
      },
    });
  } catch (error) {
    throw new Wrong(error instanceof Error ? error.message : '');
  }
}

type Asked = ReturnType<typeof argumentsOf>['values'];

const say = (asked: Asked, told: Told): void => { console.log(asked.json === true ? JSON.stringify(told.data) : told.text); };

/** The environment of this checkout's database, and the two logins that the console needs. */
async function connect(): Promise<() => Promise<void>> {
  adopt(localEnv({ secrets: localSecrets(), ports: env.ports(), appEnv: env.appEnv(), rootDomain: env.rootDomain() }));
  const [{ databaseUrls }, { closeDatabase, connectDatabase }] = await Promise.all([import('@interdomestik/db/embedded'), import('@interdomestik/db')]);
  const urls = await databaseUrls();
  await connectDatabase({ appUrl: urls.app, platformUrl: urls.platform, max: 2, applicationName: 'interdomestik-tenant' });
  return closeDatabase;
}

async function connected(work: () => Promise<void>): Promise<void> {
  const close = await connect();
  try {
    await work();
  } finally {
    await close();
  }
}

async function list(asked: Asked): Promise<void> {
  await connected(async () => {
    const { listTenants } = await import('@interdomestik/db');
    const data = (await listTenants()).map(({ id, slug, name, countryCode, status }) => ({ id, slug, name, countryCode, status }));
    say(asked, { data, text: data.map(({ id, slug, name, countryCode, status }) => `${id}  ${slug}  ${countryCode}  ${status}  ${name}`).join('\n') });
  });
}

/** The same request again goes on where an earlier one stopped, so its key follows from what is asked for. */
function keyOf(text: string, email: string): string {
  const hex = createHash('sha256').update(JSON.stringify([text, email])).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function create(asked: Asked): Promise<void> {
  if (asked.pack === undefined) throw new Wrong('--pack FILE is missing.');
  // npm runs scripts in the checkout; a path is meant from where the person is
  const text = readFileSync(resolve(env.startedIn(), asked.pack), 'utf8');
  const checked = checkPackText(text);
  if (!checked.ok) {
    say(asked, checked.told);
    process.exitCode = 1;
    return;
  }
  if (asked.check === true) {
    const { tryCountry } = await import('./tenant-trial');
    if (asked.json !== true) console.log(checked.told.text);
    const { ok, accepted, failure } = await tryCountry(text, ({ what, seen }) => { if (asked.json !== true) console.log(`  ok  ${what}\n        ${seen}`); });
    if (failure !== null && asked.json !== true) console.error(`  NO  ${failure}`);
    if (asked.json === true) say(asked, { text: '', data: { ...checked.told.data, ok, accepted, failure } });
    if (!ok) process.exitCode = 1;
    return;
  }
  const [firstName = '', ...rest] = (asked['admin-name'] ?? '').trim().split(/\s+/u);
  const email = asked['admin-email'];
  if (firstName === '' || rest.length === 0 || email === undefined) throw new Wrong('--admin-name "FIRST LAST" and --admin-email ADDRESS are missing: somebody must be able to sign in.');
  await connected(async () => {
    const [{ asSuperAdmin, createTenant }, { createTenantInput, parseOrThrow }] = await Promise.all([import('@interdomestik/api/console'), import('@interdomestik/rules')]);
    const input = parseOrThrow(createTenantInput, { key: keyOf(text, email), pack: { text }, admin: { firstName, lastName: rest.join(' '), email, locale: asked['admin-locale'] ?? checked.defaultLocale } });
    const data = await asSuperAdmin(asked.by ?? null, (scope) => createTenant(scope, input, new Date()));
    say(asked, { data, text: `${data.tenantId} is open.\n  members and public  ${data.memberPortal}\n  staff               ${data.staffPortal}\n  the invitation of ${email} is on its way` });
  });
}

const actions: Readonly<Record<string, (asked: Asked) => Promise<void>>> = { create, list };

try {
  const { values, positionals } = argumentsOf();
  const [name = ''] = positionals;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined || positionals.length > 1) throw new Wrong('');
  await action(values);
} catch (error) {
  if (error instanceof Wrong) console.error([error.message, usage].filter(Boolean).join('\n\n'));
  else console.error((await import('./tenant-pack')).refusalOf(error) ?? explain(error));
  process.exitCode = 1;
}
