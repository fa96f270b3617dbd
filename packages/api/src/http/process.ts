import { assertDatabase, closeDatabase } from '@interdomestik/db';
import { requireProductionSettings } from '../env';

/**
 * Checks everything that a serving process needs, before it serves: the settings of production, and that its database login
 * is bound by row level security. Throws one line that says what is wrong.
 */
export async function startProcess(): Promise<void> {
  requireProductionSettings();
  await assertDatabase();
}

/** Ends the connections of this process. */
export async function closeProcess(): Promise<void> {
  await closeDatabase();
}
