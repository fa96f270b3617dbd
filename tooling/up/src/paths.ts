import { join, resolve } from 'node:path';

/** The checkout that this launcher belongs to. */
export const repoRoot = resolve(import.meta.dirname, '../../..');
/** Everything that a run leaves behind: database, uploads, logs, local secrets. Ignored by git; deleting it is a fresh start. */
export const dataDir = join(repoRoot, '.data');
export const logDir = join(dataDir, 'logs');

/** Folders of the parts that are started. */
export type Places = Record<'simulators' | 'worker' | 'member' | 'admin', string>;
export const places: Places = {
  simulators: join(repoRoot, 'tooling/simulators'),
  worker: join(repoRoot, 'apps/worker'),
  member: join(repoRoot, 'apps/member'),
  admin: join(repoRoot, 'apps/admin'),
};
