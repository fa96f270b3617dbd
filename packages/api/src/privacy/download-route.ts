import { isDomainError, isId, unauthenticated } from '@interdomestik/rules';
import { scopeFor } from '@interdomestik/db';
import { fileStore } from '../documents/store';
import type { Context } from '../context';
import { askerOf } from '../http/asker';
import { contextOf, type Identify } from '../http/request-context';
import { dataHeaders } from '../http/security-headers';
import { failureOf, log } from '../log';
import { assertFresh } from '../second-factor/holder';
import type { Storage } from '../vendors/storage';
import { ownDataArchive } from './own-data';

export interface DownloadRouteOptions {
  readonly app: Context['app'];
  readonly identify: Identify;
  readonly passwords: Context['passwords'];
  readonly storage?: Storage;
  readonly clock?: () => Date;
}

const statusOf: Readonly<Record<string, number>> = { NOT_FOUND: 404, FORBIDDEN: 403, UNAUTHENTICATED: 401 };

/** A stream that is asked for one piece after the other. */
function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        log.error({ failure: failureOf(error) }, 'an archive of own data broke off');
        controller.error(error);
      }
    },
    cancel: async () => { await pieces.return(undefined); },
  });
}

/**
 * The door to one's own data: `GET /api/my-data/<ticket>`. The ticket comes from `privacy.beginDownload`; the session is read anew, the proof of who is at the screen must be of the last ten minutes, and a ticket
 * of somebody else looks like none. Nothing is sent before all of that is known.
 */
export function createDownloadRoute({ app, identify, passwords, storage = fileStore(), clock = () => new Date() }: DownloadRouteOptions): (request: Request, ticket: string) => Promise<Response> {
  return async (request, ticket) => {
    const now = clock();
    const asker = askerOf(request.headers);
    try {
      const { scope, locale } = await contextOf(app, asker, await identify(asker, app), passwords, now);
      const own = scope === null ? null : scopeFor(scope, 'self.read');
      if (own === null) throw unauthenticated();
      assertFresh(own.verifiedAt, now);
      if (!isId(ticket)) return new Response(null, { status: 404, headers: dataHeaders(asker.secure) });
      const pieces = await ownDataArchive(own, ticket, locale, now, storage);
      return new Response(streamOf(pieces), {
        headers: { ...dataHeaders(asker.secure), 'content-type': 'application/zip', 'content-disposition': `attachment; filename="my-data-${now.toISOString().slice(0, 10)}.zip"` },
      });
    } catch (error) {
      if (isDomainError(error)) return new Response(null, { status: statusOf[error.code] ?? 404, headers: dataHeaders(asker.secure) });
      throw error;
    }
  };
}
