import { isId, notFound } from '@interdomestik/rules';
import { fileStore } from '../documents/store';
import { downloadDoor, type DoorOptions } from '../http/download-door';
import type { Storage } from '../vendors/storage';
import { ownDataArchive } from './own-data';

/** The door to one's own data: `GET /api/my-data/<ticket>`, with the ticket of `privacy.beginDownload`. A ticket of somebody else looks like none. */
export const createDownloadRoute = ({ storage = fileStore(), ...options }: DoorOptions & { readonly storage?: Storage }): ReturnType<typeof downloadDoor> => downloadDoor({
  permission: 'self.read',
  open: async (scope, ticket, locale, now) => {
    if (!isId(ticket)) throw notFound();
    return { fileName: `my-data-${now.toISOString().slice(0, 10)}.zip`, type: 'application/zip', pieces: await ownDataArchive(scope, ticket, locale, now, storage) };
  },
}, options);
