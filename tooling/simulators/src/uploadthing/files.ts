import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Journal } from '../journal';

export type StoredFile = {
  readonly key: string;
  readonly appId: string;
  readonly customId: string | null;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly acl: 'private' | 'public-read';
  readonly disposition: 'inline' | 'attachment';
  readonly fileHash: string;
  readonly uploadedAt: number;
};

const safePart = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/u;

/** Files of all apps below one folder, found by key or by custom id, which may be a path. */
export class Files {
  readonly #journal: Journal;

  constructor(private readonly dataDir: string) {
    this.#journal = new Journal(join(dataDir, 'files.jsonl'));
  }

  find(appId: string, keyOrCustomId: string): StoredFile | undefined {
    const byKey = this.#journal.get<StoredFile>(appId, keyOrCustomId);
    return byKey ?? this.list(appId).find(({ customId }) => customId === keyOrCustomId);
  }

  list(appId: string): readonly StoredFile[] {
    return [...this.#journal.all<StoredFile>(appId).values()];
  }

  save(file: Omit<StoredFile, 'fileHash' | 'uploadedAt' | 'size'>, bytes: Buffer): StoredFile {
    const stored: StoredFile = { ...file, size: bytes.length, fileHash: createHash('md5').update(bytes).digest('hex'), uploadedAt: Date.now() };
    const place = this.#place(stored);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, bytes, { mode: 0o600 });
    this.#journal.put(stored.appId, stored.key, stored);
    return stored;
  }

  change(file: StoredFile, changes: Partial<Pick<StoredFile, 'acl' | 'name'>>): void {
    this.#journal.put(file.appId, file.key, { ...file, ...changes });
  }

  read(file: StoredFile): Buffer {
    return readFileSync(this.#place(file));
  }

  remove(file: StoredFile): void {
    rmSync(this.#place(file), { force: true });
    this.#journal.remove(file.appId, file.key);
  }

  // the caller's path is kept so that a person can find the file; anything that is no plain path goes by its hash
  #place({ appId, customId, key }: StoredFile): string {
    const parts = (customId ?? '').split('/');
    const name = parts.every((part) => safePart.test(part)) ? parts : ['by-key', createHash('sha256').update(key).digest('hex')];
    return join(this.dataDir, 'files', createHash('sha256').update(appId).digest('hex').slice(0, 12), ...name);
  }
}
