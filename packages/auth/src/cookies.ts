/** One of the two portals. */
export type App = 'member' | 'admin';

/** Cookie names of an app. Each app has its own, since cookies do not know ports; on https no other host can set them. */
export function cookieNames(app: App, secure: boolean): { readonly session: string; readonly csrf: string; readonly callback: string } {
  const prefix = secure ? '__Host-' : '';
  return { session: `${prefix}idm-${app}.session`, csrf: `${prefix}idm-${app}.csrf`, callback: `${prefix}idm-${app}.callback` };
}

/** All parts of one cookie, joined: next-auth splits a long value into `name.0`, `name.1`. Null when it is not sent. */
export function readCookie(header: string, name: string): string | null {
  const parts: string[] = [];
  for (const piece of header.split(';')) {
    const at = piece.indexOf('=');
    const key = piece.slice(0, at).trim();
    const value = piece.slice(at + 1).trim();
    if (key === name) return value === '' ? null : value;
    if (key.startsWith(`${name}.`)) {
      const index = Number(key.slice(name.length + 1));
      if (Number.isInteger(index) && index >= 0 && index < 10) parts[index] = value;
    }
  }
  const joined = parts.join('');
  return joined === '' ? null : joined;
}
