import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The product's own migrations. */
export const migrationsDir = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'migrations');
