import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPackText, type CountryPack } from '@interdomestik/rules';

/** The same file that `npm run tenant` is tried with: one source for whoever writes a pack, and for the tests. */
export const thirdPackFile = join(import.meta.dirname, '../../../../docs/operations/packs/novarija.json');

/**
 * A country that does not exist, as its file brings it: books in a currency of three decimals, one VAT rate of its own, a week from Sunday to Thursday with
 * holidays of its own, a phone plan that nobody published, no personal number, Serbian, Macedonian and English. With another word it is another country.
 */
export function thirdPack(word = 'novarija'): CountryPack {
  const reading = readPackText(readFileSync(thirdPackFile, 'utf8'));
  if (!reading.ok) throw new Error(`${thirdPackFile}: ${JSON.stringify(reading.issues)}`);
  const { tenant } = reading.pack;
  return { ...reading.pack, tenant: { ...tenant, id: `tenant_${word}`, slug: word } };
}
