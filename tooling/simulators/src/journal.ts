import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

type Line = { collection: string; id: string; value?: unknown };

/**
 * Named maps that survive a restart: every change is one JSON line appended to a file before the call returns. The file is
 * written anew, one line a record, when it is opened. A last line cut off by a kill is dropped.
 */
export class Journal {
  readonly #collections = new Map<string, Map<string, unknown>>();

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) this.#load(readFileSync(file, 'utf8'));
    this.#compact();
  }

  /** The records of one collection in the order in which they were first put. Change them only by `put`. */
  all<T>(collection: string): ReadonlyMap<string, T> {
    return this.#of(collection) as ReadonlyMap<string, T>;
  }

  get<T>(collection: string, id: string): T | undefined {
    return this.#of(collection).get(id) as T | undefined;
  }

  put(collection: string, id: string, value: unknown): void {
    this.#of(collection).set(id, value);
    this.#append({ collection, id, value });
  }

  remove(collection: string, id: string): void {
    if (this.#of(collection).delete(id)) this.#append({ collection, id });
  }

  clear(): void {
    this.#collections.clear();
    this.#compact();
  }

  #of(collection: string): Map<string, unknown> {
    const found = this.#collections.get(collection) ?? new Map<string, unknown>();
    this.#collections.set(collection, found);
    return found;
  }

  #append(line: Line): void {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }

  #load(text: string): void {
    for (const part of text.split('\n')) {
      if (part === '') continue;
      let line: Line;
      try {
        line = JSON.parse(part) as Line;
      } catch {
        continue;
      }
      if (line.value === undefined) this.#of(line.collection).delete(line.id);
      else this.#of(line.collection).set(line.id, line.value);
    }
  }

  #compact(): void {
    const draft = `${this.file}.${process.pid}`;
    const lines: string[] = [];
    for (const [collection, records] of this.#collections) {
      for (const [id, value] of records) lines.push(`${JSON.stringify({ collection, id, value })}\n`);
    }
    writeFileSync(draft, lines.join(''));
    renameSync(draft, this.file);
  }
}
