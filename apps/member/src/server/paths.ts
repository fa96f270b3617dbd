import { headers } from 'next/headers';

/** A path of ours to go on to; `/` for anything that a link from outside might have put there. */
export function safeNext(next: string | string[] | null | undefined): string {
  const path = Array.isArray(next) ? next[0] : next;
  return path !== undefined && path !== null && /^\/(?![/\\])[^\\\s]*$/u.test(path) ? path : '/';
}

/** The sign-in page, with the way back to where the person is now. */
export async function signInPath(): Promise<string> {
  const here = safeNext((await headers()).get('x-path'));
  return here === '/' || here.startsWith('/sign-in') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`;
}
