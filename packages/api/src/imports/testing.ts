import type { Place } from '../attacks/place';
import { systemScopeOf } from '../testing';
import { commitBatch } from './batches';

const textOf = (place: Place): string => `Име;Презиме;Датум на раѓање;Адреса;План;Важи од;Важи до;Износ\n${place.word};Прв;1.1.1990;ул. ${place.word} 1;Базик;1.1.2024;31.12.2024;600\n${place.word};Прв;1.1.1990;ул. ${place.word} 1;Базик;1.1.2024;31.12.2024;${String(Math.random()).slice(2, 8)}\n;x\n`;

/** A file that was sent and not read yet. */
export async function sentImport(place: Place): Promise<string> {
  const caller = await place.callerOf('admin');
  const { id } = await caller.imports.start({ kind: 'members', name: `${place.word}.csv` });
  await caller.imports.addPiece({ id, position: 0, data: Buffer.from(textOf(place)).toString('base64') });
  return id;
}

/** The same read: it can be tried and taken over. */
export async function readImport(place: Place): Promise<string> {
  const id = await sentImport(place);
  await (await place.callerOf('admin')).imports.read({ id });
  return id;
}

/** The same taken over, as the worker does it: one new person, one who may be the same, and a refused line. */
export async function takenImport(place: Place): Promise<string> {
  const id = await readImport(place);
  await commitBatch(await systemScopeOf(place.tenant), id);
  return id;
}
