import { expect, test } from 'vitest';
import { readSchema } from './data-ownership';
import { textOf } from './repository';

/** What every change touches and no viewer shows. */
const noise = ['tenant_id', 'id', 'created_at', 'updated_at'];
/** What is written down beside the columns: the portal of a sign-in, what was asked of a report that was downloaded, and what was decided about which line of an import. */
const besides = ['app', 'report', 'from', 'to', 'group', 'as_of', 'format', 'rows', 'people', 'claims', 'leads', 'messages', 'sessions', 'events', 'workings', 'line', 'decision'];

interface Words {
  readonly audit: { readonly fields: Record<string, string>; readonly entities: Record<string, string> };
}

const words = (JSON.parse(textOf('packages/i18n/messages/mk/admin.json')) as Words).audit;

async function audited(): Promise<Record<string, string[]>> {
  const { facts, columns } = await readSchema();
  return Object.fromEntries(Object.entries(columns).filter(([table]) => facts[table]?.audited === true));
}

test('A-06 every field of an audited table has a word for people, and no word is left over', async () => {
  const named = new Set([...besides, ...Object.values(await audited()).flat().filter((column) => !noise.includes(column))]);
  expect([...named].filter((column) => !Object.hasOwn(words.fields, column))).toEqual([]);
  expect(Object.keys(words.fields).filter((column) => !named.has(column))).toEqual([]);
});

test('A-06 every audited table has a word', async () => {
  expect(Object.keys(await audited()).filter((table) => !Object.hasOwn(words.entities, table))).toEqual([]);
});
