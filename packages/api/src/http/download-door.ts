import { isDomainError, unauthenticated, type Locale, type Permission } from '@interdomestik/rules';
import { scopeFor, type TenantScope } from '@interdomestik/db';
import type { Context } from '../context';
import { failureOf, log } from '../log';
import { assertFresh } from '../second-factor/holder';
import { askerOf } from './asker';
import { contextOf, type Identify } from './request-context';
import { dataHeaders } from './security-headers';

/** A file that is handed out piece by piece. */
export interface Download {
  readonly fileName: string;
  readonly type: string;
  readonly pieces: AsyncGenerator<Uint8Array, void, void>;
}

export interface DoorOptions {
  readonly app: Context['app'];
  readonly identify: Identify;
  readonly passwords: Context['passwords'];
  readonly clock?: () => Date;
}

export interface Door {
  readonly permission: Permission;
  /** What a ticket opens. Throws NOT_FOUND for one of somebody else, as for one that never was. */
  readonly open: (scope: TenantScope, ticket: string, locale: Locale, now: Date) => Promise<Download>;
}

const statusOf: Readonly<Record<string, number>> = { NOT_FOUND: 404, FORBIDDEN: 403, UNAUTHENTICATED: 401 };

/** A stream that is asked for one piece after the other. */
function streamOf(pieces: Download['pieces']): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        log.error({ failure: failureOf(error) }, 'a download broke off');
        controller.error(error);
      }
    },
    cancel: async () => { await pieces.return(undefined); },
  });
}

/**
 * A door for data that is taken away: `GET .../<ticket>`. The ticket comes from a procedure that put it on record; here the session is read anew, the permission is asked for again, and the proof of who is at the screen must be of the
 * last ten minutes. Nothing is sent before all of that is known.
 */
export function downloadDoor({ permission, open }: Door, { app, identify, passwords, clock = () => new Date() }: DoorOptions): (request: Request, ticket: string) => Promise<Response> {
  return async (request, ticket) => {
    const now = clock();
    const asker = askerOf(request.headers);
    try {
      const { scope: whole, locale } = await contextOf(app, asker, await identify(asker, app), passwords, now);
      if (whole === null) throw unauthenticated();
      const scope = scopeFor(whole, permission);
      if (scope === null) return new Response(null, { status: 403, headers: dataHeaders(asker.secure) });
      assertFresh(scope.verifiedAt, now);
      const { fileName, type, pieces } = await open(scope, ticket, locale, now);
      return new Response(streamOf(pieces), {
        headers: { ...dataHeaders(asker.secure), 'content-type': type, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}` },
      });
    } catch (error) {
      if (isDomainError(error)) return new Response(null, { status: statusOf[error.code] ?? 404, headers: dataHeaders(asker.secure) });
      throw error;
    }
  };
}
