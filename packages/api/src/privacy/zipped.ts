import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface ZipEntry {
  /** Path inside the archive. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Pictures and PDFs are packed already: packing them again costs time and saves nothing. */
  readonly packed?: true;
}

/** Writes a ZIP while its entries are made: one of them is in memory at a time. An entry that fails fails the archive. */
export async function* zipped(entries: AsyncIterable<ZipEntry>, now: Date): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const failures: Error[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) failures.push(error);
    else pieces.push(piece);
  });
  const taken = new Map<string, number>();
  for await (const { name, bytes, packed } of entries) {
    const again = taken.get(name) ?? 0;
    taken.set(name, again + 1);
    const unique = again === 0 ? name : `${name}-${String(again)}`;
    const file = packed === true ? new ZipPassThrough(unique) : new ZipDeflate(unique, { level: 6 });
    file.mtime = now;
    zip.add(file);
    file.push(bytes, true);
    const [failure] = failures;
    if (failure !== undefined) throw failure;
    yield* pieces.splice(0);
  }
  zip.end();
  yield* pieces.splice(0);
}
