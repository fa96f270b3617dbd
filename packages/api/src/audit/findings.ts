/**
 * What a check can find. `edited`, `deleted`, `inserted` and `reordered` are about rows; `sealChanged`, `sealMissing` and `sealsReordered` about seals; `tailCut` and `rewritten`
 * come from the file outside the database; `unsealed` is a row that should have been sealed long ago; `keyUnknown` and `anchorForeign` could not be checked with the keys at hand.
 */
export type FindingKind =
  | 'edited' | 'deleted' | 'inserted' | 'reordered' | 'sealChanged' | 'sealMissing' | 'sealsReordered' | 'tailCut' | 'rewritten' | 'unsealed' | 'keyUnknown' | 'anchorForeign';

/** Something that is not as it was sealed, and where. */
export interface Finding {
  readonly kind: FindingKind;
  /** Number of the seal; of the first one where it is about several. */
  readonly seal: number | null;
  /** Place in the whole trail; of the first row where it is about several. */
  readonly seq: number | null;
  /** The last seal or place of several, whichever `kind` is about. */
  readonly upTo: number | null;
  readonly rowId: string | null;
  /** When the row says it was written, or the anchor. */
  readonly at: string | null;
  /** Table and record of the row as they stand now. */
  readonly entity: string | null;
  readonly entityId: string | null;
}

const nowhere: Omit<Finding, 'kind'> = { seal: null, seq: null, upTo: null, rowId: null, at: null, entity: null, entityId: null };
const kept = 1_000;

/** Findings of one check: all are counted, the first thousand are kept. */
export class Findings {
  readonly list: Finding[] = [];
  count = 0;

  add(kind: FindingKind, where: Partial<Omit<Finding, 'kind'>>): void {
    this.count += 1;
    if (this.list.length < kept) this.list.push({ ...nowhere, kind, ...where });
  }
}
