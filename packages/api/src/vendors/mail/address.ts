import { oneLine } from './clean';

/** A mailbox: one address, and the name shown beside it. */
export type MailAddress = { readonly address: string; readonly name?: string | undefined };

const plainAddress = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,250}$/u;

/**
 * Reads `address` or `Name <address>`. Throws TypeError for a list, a quoted local part or anything that a mail
 * server could read in two ways.
 */
export function parseMailAddress(text: string): MailAddress {
  const match = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>]+)>|(\S+))\s*$/u.exec(text);
  const address = (match?.[2] ?? match?.[3] ?? '').trim();
  if (!plainAddress.test(address)) throw new TypeError('not a single plain mail address');
  const name = oneLine(match?.[1] ?? '', 100);
  return name === '' ? { address } : { address, name };
}
