/** Escapes text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/gu, (character) => `&#${character.codePointAt(0)};`);
}

// Control characters, and the marks that turn the reading direction to disguise an address.
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * One line of printable text: no line break survives, so a value can never begin a header or a line of its own.
 * Cut to `max` characters.
 */
export function oneLine(text: string, max = 300): string {
  const clean = text.replace(unprintable, ' ').replace(/ {2,}/gu, ' ').trim();
  const characters = [...clean];
  return characters.length <= max ? clean : `${characters.slice(0, max - 1).join('')}…`;
}

/** The address of a link in a mail. Throws for anything but http and https: a mail must never carry a script. */
export function safeUrl(address: string): string {
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError('a link in a mail must be http or https');
  return url.href;
}
