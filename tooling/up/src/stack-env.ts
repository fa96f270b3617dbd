import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { countryPacks } from '@interdomestik/rules/country-packs';
import { addressesOf, type Ports } from './addresses';
import type { LocalSecrets } from './local-secrets';
import { dataDir } from './paths';

/** One tenant's account at the payment simulator. */
export interface SimulatedAccount {
  /** Last part of the webhook's path, `<tenant>-<account>`. */
  name: string;
  /** Who the payer sees as the seller. */
  seller: string;
  apiKey: string;
  clientToken: string;
  webhookSecret: string;
  webhookUrl: string;
}

/** The logins of one database. */
export interface DatabaseLogins {
  app: string;
  owner: string;
  platform: string;
  backup: string;
}

const derive = (secret: string, ...words: string[]): string => createHmac('sha256', secret).update(words.join(':')).digest('hex');

/** A simulated payment account for every tenant, the same ones on each start of this checkout. */
export function simulatedAccounts(secrets: LocalSecrets, ports: Ports): SimulatedAccount[] {
  const { member } = addressesOf(ports);
  return countryPacks.map((pack) => {
    const name = `${pack.tenant.slug}-main`;
    return {
      name,
      seller: pack.tenant.name,
      apiKey: `pdl_sdbx_apikey_${derive(secrets.PADDLE_SIM_KEY, name, 'api').slice(0, 48)}`,
      clientToken: `test_${derive(secrets.PADDLE_SIM_KEY, name, 'client').slice(0, 27)}`,
      webhookSecret: `pdl_ntfset_${derive(secrets.PADDLE_SIM_KEY, name, 'webhook')}`,
      webhookUrl: `${member}/api/webhooks/paddle/${name}`,
    };
  });
}

/** An account at the simulated clearing service for every tenant whose pack sends its invoices to one. */
export function clearingAccounts(secrets: LocalSecrets): { readonly name: string; readonly apiKey: string }[] {
  return countryPacks.flatMap(({ tenant: { slug }, rules }) => (rules.invoicing.clearance ? [{ name: slug, apiKey: `efk_test_${derive(secrets.PADDLE_SIM_KEY, slug, 'clearance').slice(0, 40)}` }] : []));
}

/** What the environment of a local run is made of. */
export interface LocalEnvOptions {
  secrets: LocalSecrets;
  ports: Ports;
  appEnv: string;
  rootDomain?: string;
}

/** Everything but the database that local use needs; nothing in it leads outside this machine. */
export function localEnv(options: LocalEnvOptions): Record<string, string> {
  const { secrets, ports } = options;
  const addresses = addressesOf(ports);
  const token = { apiKey: secrets.UPLOADTHING_SIM_KEY, appId: 'interdomestik', regions: ['sim'] };
  return {
    APP_ENV: options.appEnv,
    ROOT_DOMAIN: options.rootDomain ?? 'localhost',
    MEMBER_PORT: String(ports.member),
    ADMIN_PORT: String(ports.admin),
    AUTH_SECRET: secrets.AUTH_SECRET,
    ENCRYPTION_KEY: secrets.ENCRYPTION_KEY,
    AUDIT_KEY: secrets.AUDIT_KEY,
    AUDIT_ANCHOR_DIR: join(dataDir, 'audit'),
    PADDLE_SIM_PORT: String(ports.paddle),
    PADDLE_SIM_ACCOUNTS: JSON.stringify(simulatedAccounts(secrets, ports)),
    PADDLE_API_BASE: addresses.paddle,
    ...(ports.efaktura === undefined ? {} : {
      EFAKTURA_SIM_PORT: String(ports.efaktura), EFAKTURA_SIM_ACCOUNTS: JSON.stringify(clearingAccounts(secrets)), EFAKTURA_API_BASE: `http://localhost:${ports.efaktura}`,
    }),
    UPLOADTHING_SIM_PORT: String(ports.uploadthing),
    UPLOADTHING_TOKEN: Buffer.from(JSON.stringify(token)).toString('base64'),
    UPLOADTHING_INGEST_URL: addresses.uploadthing,
    UPLOADTHING_API_URL: addresses.uploadthing,
    UPLOADTHING_CALLBACK_URL: `${addresses.member}/api/uploadthing`,
    UPLOADTHING_UFS_HOST: `localhost:${ports.uploadthing}`,
    UPLOADTHING_UFS_APP_ID_LOCATION: 'path',
    UPLOADTHING_IS_DEV: 'false',
    UPLOADTHING_LOG_LEVEL: 'Error',
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

/** Environment of the simulators, the seed, the worker and both apps on one database. */
export function stackEnv(options: LocalEnvOptions & { database: DatabaseLogins }): Record<string, string> {
  const { database } = options;
  return {
    ...localEnv(options),
    DATABASE_URL: database.app,
    DATABASE_OWNER_URL: database.owner,
    DATABASE_PLATFORM_URL: database.platform,
    DATABASE_BACKUP_URL: database.backup,
  };
}

/** The variables that reach processes which must not own the database: not the worker, not the apps, only migrations do. */
export function withoutOwner(env: Record<string, string>): Record<string, string> {
  const { DATABASE_OWNER_URL: _owner, DATABASE_BACKUP_URL: _backup, ...rest } = env;
  return rest;
}

/** The variables of a portal: whoever answers requests does not hold the key that seals the audit trail. */
export function ofPortal(env: Record<string, string>): Record<string, string> {
  const { AUDIT_KEY: _key, AUDIT_ANCHOR_DIR: _place, ...rest } = withoutOwner(env);
  return rest;
}
