/** Which of a record's rows an id is for. */
export const recordRows = { user: 0, role: 1, row: 2, card: 3, line: 4, event: 5 } as const;
export type RecordRow = keyof typeof recordRows;

/**
 * The id of a row that a record of a batch makes. It follows from the two, so a second try after a stop makes the same rows, and it rises with the
 * record, so a million of them are added at the end of an index. As random as its batch's own id.
 */
export function recordId(batchId: string, record: number, row: RecordRow): string {
  const hex = batchId.replaceAll('-', '');
  const id = `${hex.slice(0, 20)}${record.toString(16).padStart(8, '0')}${recordRows[row].toString(16)}${hex.slice(29)}`;
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`;
}

/** Ids of people by their place in the book, sixteen bytes each. */
export class IdList {
  #bytes = Buffer.alloc(16 * 1024);

  set(at: number, id: string): void {
    if (at * 16 + 16 > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, at * 16 + 16));
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    this.#bytes.write(id.replaceAll('-', ''), at * 16, 'hex');
  }

  get(at: number): string {
    const hex = this.#bytes.toString('hex', at * 16, at * 16 + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}
