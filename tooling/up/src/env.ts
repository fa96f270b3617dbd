import { ClearError } from './clear-error';

const given = process.env;

function text(name: string): string | undefined {
  const value = given[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

function port(name: string, standard: number): number {
  const value = text(name);
  if (value === undefined) return standard;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) throw new ClearError(`${name} must be a port between 1 and 65535; it is "${value}".`);
  return number;
}

/** The caller's own environment, handed to the processes that are started. NODE_ENV is left to whoever needs it. */
export function inherited(): Record<string, string> {
  const entries = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([name]) => name !== 'NODE_ENV'));
}

/**
 * Makes the variables of a run this process's own, for the parts of it that run in here: migrations and the seed. What the
 * caller has set stays as it is. Returns the variables as they now are.
 */
export function adopt(variables: Record<string, string>): Record<string, string> {
  const entries = Object.entries(variables).map(([name, value]): [string, string] => [name, text(name) ?? value]);
  const settled = Object.fromEntries(entries);
  Object.assign(given, settled);
  return settled;
}

/** The launcher's settings from the environment, checked when they are read. */
export const env = {
  databaseUrl: () => text('DATABASE_URL'),
  databaseOwnerUrl: () => text('DATABASE_OWNER_URL'),
  databasePlatformUrl: () => text('DATABASE_PLATFORM_URL'),
  databaseBackupUrl: () => text('DATABASE_BACKUP_URL'),
  testDatabaseUrl: () => text('TEST_DATABASE_URL'),
  appEnv: () => text('APP_ENV') ?? 'development',
  /** Where the person is: npm runs its scripts in the checkout. */
  startedIn: () => text('INIT_CWD') ?? process.cwd(),
  rootDomain: () => text('ROOT_DOMAIN') ?? 'localhost',
  ports: () => ({
    member: port('MEMBER_PORT', 3000),
    admin: port('ADMIN_PORT', 3001),
    paddle: port('PADDLE_SIM_PORT', 3010),
    uploadthing: port('UPLOADTHING_SIM_PORT', 3011),
    efaktura: port('EFAKTURA_SIM_PORT', 3012),
  }),
  /** JSON list of accounts at the payment simulator; none where it is not set. */
  simulatedAccounts: (): unknown => JSON.parse(text('PADDLE_SIM_ACCOUNTS') ?? '[]'),
  /** The same of the simulated clearing service. */
  clearanceAccounts: (): unknown => JSON.parse(text('EFAKTURA_SIM_ACCOUNTS') ?? '[]'),
  chromium: () => text('CHROMIUM_PATH'),
};
