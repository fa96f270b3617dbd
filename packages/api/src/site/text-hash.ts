import { createHash } from 'node:crypto';

/** SHA-256 of a text as it is shown; what a consent refers to. */
export function textHash({ title, body }: { readonly title: string; readonly body: string }): string {
  return createHash('sha256').update(`${title}\n${body}`).digest('hex');
}
