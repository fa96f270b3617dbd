import { newId } from '@interdomestik/rules/ids';

/** Anything with headers: a fetch `Headers`, Next's, or node's own behind a small shim. */
export interface HeaderSource {
  get(name: string): string | null;
}

/** What a request says of itself. Nothing of it proves anything; `identify` decides who it is. */
export interface Asker {
  /** Host as the browser wrote it, with its port. */
  readonly host: string;
  readonly secure: boolean;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Address of the browser, or of its /64 network when it is IPv6. */
  readonly ip: string;
  readonly userAgent: string;
  readonly cookie: string;
  readonly acceptLanguage: string;
  readonly requestId: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** One network instead of one of its 2^64 addresses, so that a limit cannot be walked around inside it. */
function network(address: string): string {
  const plain = address.trim().replace(/^::ffff:(?=\d+\.)/u, '');
  if (!plain.includes(':')) return plain === '' ? 'unknown' : plain;
  const [head = '', tail = ''] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const full = plain.includes('::') ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right] : left;
  return full.slice(0, 4).map((group) => group.replace(/^0+(?=.)/u, '')).join(':');
}

/** Whether the browser came over TLS, by the nearest proxy's word. */
export function isSecure(forwardedProto: string | readonly string[] | null | undefined): boolean {
  return String(forwardedProto ?? '').split(',')[0]?.trim() === 'https';
}

/**
 * Reads the asker from headers. The forwarding headers are believed, because every entry of ours overwrites or strips what
 * a client sent of them (`serve`), as hosting platforms do; of several addresses the nearest proxy's word counts.
 */
export function askerOf(headers: HeaderSource, requestId?: string): Asker {
  const host = (headers.get('host') ?? '').trim().toLowerCase().slice(0, 260);
  const secure = isSecure(headers.get('x-forwarded-proto'));
  const given = headers.get('x-request-id') ?? '';
  return {
    host,
    secure,
    origin: `${secure ? 'https' : 'http'}://${host}`,
    ip: network(headers.get('x-forwarded-for')?.split(',').at(-1) ?? ''),
    userAgent: (headers.get('user-agent') ?? '').slice(0, 300),
    cookie: headers.get('cookie') ?? '',
    acceptLanguage: headers.get('accept-language') ?? '',
    requestId: requestId ?? (uuid.test(given) ? given : newId()),
  };
}

/** The value of a cookie; null when it is not sent. Of two with one name the first counts, as browsers send the nearest first. */
export function cookieOf(header: string, name: string): string | null {
  let at = 0;
  while (at < header.length) {
    const end = header.indexOf(';', at);
    const part = header.slice(at, end === -1 ? undefined : end).trim();
    if (part.startsWith(`${name}=`)) {
      try {
        return decodeURIComponent(part.slice(name.length + 1));
      } catch {
        return null;
      }
    }
    if (end === -1) return null;
    at = end + 1;
  }
  return null;
}
