import { downloadDoor, type DoorOptions } from '../http/download-door';
import { openExport } from './export';

/** The door to a list as a file: `GET /api/exports/<ticket>`, with the ticket of `exports.begin`. */
export const createExportRoute = (options: DoorOptions): ReturnType<typeof downloadDoor> => downloadDoor({ permission: 'exports.run', open: (scope, ticket, _locale, now) => openExport(scope, ticket, now) }, options);
