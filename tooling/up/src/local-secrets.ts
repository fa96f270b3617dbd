import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ClearError } from './clear-error';
import { dataDir } from './paths';

/** Secrets of this checkout alone: made once, never committed, worthless anywhere else. */
export interface LocalSecrets {
  /** Signs the sessions of both apps. */
  AUTH_SECRET: string;
  /** Base64, 32 bytes: seals the payment accounts' credentials. */
  ENCRYPTION_KEY: string;
  /** Base64, 32 bytes: seals the audit trail. */
  AUDIT_KEY: string;
  /** What the payment simulator's per-account keys are derived from. */
  PADDLE_SIM_KEY: string;
  /** The upload simulator's API key, in the provider's own shape. */
  UPLOADTHING_SIM_KEY: string;
}

const makers: Record<keyof LocalSecrets, () => string> = {
  AUTH_SECRET: () => randomBytes(48).toString('base64url'),
  ENCRYPTION_KEY: () => randomBytes(32).toString('base64'),
  AUDIT_KEY: () => randomBytes(32).toString('base64'),
  PADDLE_SIM_KEY: () => randomBytes(32).toString('hex'),
  UPLOADTHING_SIM_KEY: () => `sk_live_${randomBytes(32).toString('hex')}`,
};

/** Reads the checkout's secrets and adds what is missing. Throws a ClearError when the file is not JSON. */
export function localSecrets(file = join(dataDir, 'local-env.json')): LocalSecrets {
  let stored: Partial<Record<string, unknown>> = {};
  if (existsSync(file)) {
    try {
      stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<string, unknown>>;
    } catch {
      throw new ClearError(`${file} is not valid JSON. Delete it to have new local secrets made (everyone is then signed out).`);
    }
  }
  const value = (name: keyof LocalSecrets): string => {
    const kept = stored[name];
    return typeof kept === 'string' && kept !== '' ? kept : makers[name]();
  };
  const secrets: LocalSecrets = {
    AUTH_SECRET: value('AUTH_SECRET'),
    ENCRYPTION_KEY: value('ENCRYPTION_KEY'),
    AUDIT_KEY: value('AUDIT_KEY'),
    PADDLE_SIM_KEY: value('PADDLE_SIM_KEY'),
    UPLOADTHING_SIM_KEY: value('UPLOADTHING_SIM_KEY'),
  };
  if (Object.entries(secrets).some(([name, secret]) => stored[name] !== secret)) {
    mkdirSync(dirname(file), { recursive: true });
    // written whole and then renamed, so that a second reader never sees half a file
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify({ ...stored, ...secrets }, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  }
  return secrets;
}
