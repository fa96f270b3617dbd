import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { EmbeddedPaths } from './paths';

const schema = z.object({
  admin: z.string().min(20),
  owner: z.string().min(20),
  app: z.string().min(20),
  platform: z.string().min(20),
  backup: z.string().min(20),
});

/** Passwords of the embedded server's logins. `admin` is its superuser and serves set-up and tests only. */
export type EmbeddedSecrets = z.infer<typeof schema>;

/** Reads the passwords of this checkout, or makes them once (file mode 0600). Call it under the lock. */
export function loadSecrets(paths: EmbeddedPaths): EmbeddedSecrets {
  if (existsSync(paths.secrets)) return schema.parse(JSON.parse(readFileSync(paths.secrets, 'utf8')));
  const make = (): string => randomBytes(24).toString('base64url');
  const secrets = { admin: make(), owner: make(), app: make(), platform: make(), backup: make() };
  mkdirSync(dirname(paths.secrets), { recursive: true });
  writeFileSync(paths.secrets, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return secrets;
}

/** Reads the passwords, or undefined when this checkout never had a server. */
export function readSecrets(paths: EmbeddedPaths): EmbeddedSecrets | undefined {
  return existsSync(paths.secrets) ? loadSecrets(paths) : undefined;
}
