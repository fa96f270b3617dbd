import { createStorage, type Storage } from '../vendors/storage';

let store: Storage | undefined;

/** The file store of this process, made at its first use. */
export function fileStore(): Storage {
  store ??= createStorage();
  return store;
}
