import { assertDatabase, closeDatabase } from '@interdomestik/db';
import { requireProductionSettings } from '../env';

/**
 * Checks everything that a serving process needs, before it serves: `settings`, the settings of production, and that its
 * database login is bound by row level security. Ends the process with one line that says what is wrong.
 */
export async function startProcess(settings: () => void): Promise<void> {
  try {
    settings();
    requireProductionSettings();
    await assertDatabase();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'the process cannot start'}\n`);
    process.exit(1);
  }
}

/** Ends the connections of this process. */
export async function closeProcess(): Promise<void> {
  await closeDatabase();
}
