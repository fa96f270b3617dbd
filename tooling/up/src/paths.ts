import { join, resolve } from 'node:path';

/** The checkout that this launcher belongs to. */
export const repoRoot = resolve(import.meta.dirname, '../../..');
/** Everything that a run leaves behind: database, uploads, logs, local secrets. Ignored by git; deleting it is a fresh start. */
export const dataDir = join(repoRoot, '.data');
export const logDir = join(dataDir, 'logs');

/** Where the parts that are started live, seen from the checkout. */
export const places = {
  simulators: join(repoRoot, 'tooling/simulators'),
  worker: join(repoRoot, 'apps/worker'),
  member: join(repoRoot, 'apps/member'),
  admin: join(repoRoot, 'apps/admin'),
} as const;
