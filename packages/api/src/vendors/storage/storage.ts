/** A file of one tenant in the store. */
export type FileRef = {
  readonly tenantId: string;
  /** Made by `storagePath`. */
  readonly path: string;
  /** The store's own key, known once the file has arrived. */
  readonly storageKey: string;
};

export type NewFile = {
  readonly tenantId: string;
  /** Made by `storagePath`; taken once. */
  readonly path: string;
  readonly fileName: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
};

export type PutFile = FileRef & { readonly sizeBytes: number; /** Hex. */ readonly sha256: string };

export type ReadLink = { readonly url: string; readonly expiresAt: Date };

/** Longest life of a read link. */
export const longestReadSeconds = 60;

/**
 * Where files live. Files of users arrive by the upload handler, which prepares each upload; these are the server's own verbs.
 * Callers check the document's row and write the access log before they ask for a link. Never call it inside a database transaction.
 *
 * Every method throws DomainError: NOT_FOUND when the path is not of that tenant or the file is gone,
 * UNAVAILABLE `errors.storage.unavailable` when the store does not answer.
 */
export interface Storage {
  /** Stores bytes that the server made, such as a PDF. */
  put(file: NewFile): Promise<PutFile>;
  /** A link that reads the file without any further check, for 1 to 60 seconds. */
  readLink(file: FileRef, seconds?: number): Promise<ReadLink>;
  /** The file's bytes. Refuses with INVALID `errors.storage.tooLarge` what is bigger than `maxBytes`. */
  fetchBytes(file: FileRef, maxBytes: number): Promise<Uint8Array>;
  /** Deletes for good. A file that is gone already is no error. */
  remove(file: FileRef): Promise<void>;
}
