import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { coveredNow, remember, vanished, type Covered } from './coverage';
import { document, readSchema, renderOwnership } from './data-ownership';
import { permissionDocument, readPermissions, renderPermissions } from './permission-page';
import { repoRoot, sources } from './repository';

/** Writes what is made from the sources: docs/data-ownership.md, docs/permissions.md and the list of covered cases. */
function write(path: string, text: string): void {
  const file = join(repoRoot, path);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`${path}: ${before === text ? 'unchanged' : 'written'}`);
}

write(document, renderOwnership((await readSchema()).facts));
write(permissionDocument, renderPermissions(await readPermissions()));

const list = 'tooling/checks/covered.json';
const before: Covered = existsSync(join(repoRoot, list)) ? (JSON.parse(readFileSync(join(repoRoot, list), 'utf8')) as Covered) : { cases: {}, retired: {} };
const now = coveredNow(sources());
write(list, `${JSON.stringify(remember(before, now), null, 2)}\n`);
const lost = vanished(before, now);
if (lost.length > 0) {
  console.error(`Covered before and not any more: ${lost.join(', ')}. Bring the tests back, or retire the ids with a reason in ${list}.`);
  process.exitCode = 1;
}
