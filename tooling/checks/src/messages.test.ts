import { describe, expect, test } from 'vitest';
import { flatten, keyFaults, localeFaults, type Catalogue } from './messages';
import { repositoryFiles, sources, textOf } from './repository';
import { report, source, type Finding } from './source';

function catalogue(): Catalogue {
  const messages: Catalogue = {};
  for (const path of repositoryFiles()) {
    const [, locale, area] = /^packages\/i18n\/messages\/(\w+)\/([\w-]+)\.json$/u.exec(path) ?? [];
    if (locale !== undefined && area !== undefined) (messages[locale] ??= {})[area] = JSON.parse(textOf(path)) as unknown;
  }
  return messages;
}

describe('the messages of the product', () => {
  const messages = catalogue();
  test('exist in four languages', () => {
    expect(Object.keys(messages).sort()).toEqual(['en', 'mk', 'sq', 'sr']);
  });
  test('are the same keys in each', () => {
    expect(report(localeFaults(messages))).toBe('');
  });
  const found = keyFaults(sources(), new Set(flatten(messages['mk'] ?? {}).keys()));
  const isUnused = (one: Finding): boolean => one.message.startsWith('nobody asks');
  test('are all there that the code asks for', () => {
    expect(report(found.filter((one) => !isUnused(one)))).toBe('');
  });
  test('are all asked for', () => {
    expect(report(found.filter(isUnused))).toBe('');
  });
});

const keys = new Set(['member.home.title', 'member.home.text', 'common.status.active', 'common.status.lapsed', 'errors.required']);
function faults(text: string, used = true): string {
  const rest = used ? "export const all = ['member.home.title', 'member.home.text', 'common.status.active', 'common.status.lapsed', 'errors.required'];" : '';
  return report(keyFaults([source('apps/member/src/a.tsx', text), source('apps/member/src/rest.ts', rest)], keys));
}

test.each([
  ["const t = useTranslations(); t('member.home.nothing');", 'no message member.home.nothing'],
  ["const t = useTranslations('member.home'); t('nothing');", 'no message member.home.nothing'],
  ["async function a() { const [t, c] = await Promise.all([getTranslations('member.home'), getTranslations('common')]); return c('nothing'); }", 'no message common.nothing'],
  ["const t = await getTranslations('member'); t.rich('home.nothing', {});", 'no message member.home.nothing'],
  ["const t = await getTranslations({ locale, namespace: 'member.home' }); t('nothing');", 'no message member.home.nothing'],
  ["translator(locale)('member.nothing');", 'no message member.nothing'],
  ["function title(t) { return t('nothing'); }", 'no message nothing'],
  ["const t = useTranslations('member.home'); t(open ? 'title' : 'nothing');", 'no message member.home.nothing'],
  ["throw invalid('name', 'errors.nothing');", 'no message errors.nothing'],
  ["const t = useTranslations('common'); t(`status.${state}`);", 'declare what it can be with // i18n-keys: common.status.*'],
  ["const t = useTranslations('common'); t(key);", 'declare what it can be'],
  ['// i18n-keys: *\nconst x = 1;', 'name at least the area'],
  ['// i18n-keys: common.nothing.*\nconst x = 1;', 'matches no message'],
])('goes red: %s', (text, message) => {
  expect(faults(text)).toContain(message);
});

test.each([
  ["const t = useTranslations('member.home'); t('title');"],
  ["const t = useTranslations('member.home'); t(open ? 'title' : 'text');"],
  ["function title(t) { return t('home.title'); }"],
  ["const t = useTranslations('common'); t(`status.${state}`); // i18n-keys: common.status.*"],
  ["// i18n-keys: status.*\nconst t = useTranslations('common'); t(`status.${state}`);"],
  ["function A() { const t = useTranslations('member.home'); t('title'); } function B() { const t = useTranslations('common.status'); t('active'); }"],
])('stays green: %s', (text) => {
  expect(faults(text)).toBe('');
});

test('a key that nobody asks for is found, and a use of any kind counts', () => {
  const text = "const t = useTranslations('member.home'); t('title'); const s = 'errors.required'; // i18n-keys: common.status.*";
  expect(faults(text, false)).toContain('nobody asks for member.home.text');
  expect(faults(text, false)).not.toContain('member.home.title');
  expect(faults(text, false)).not.toContain('common.status');
  expect(faults(text, false)).not.toContain('errors.required');
});

test('a locale without a key, or with an empty text, is found', () => {
  const messages = { mk: { common: { yes: 'Да', no: 'Не' } }, sq: { common: { yes: 'Po', no: ' ' } }, en: { common: { yes: 'Yes' } } };
  expect(report(localeFaults(messages))).toContain('common.no is empty in sq');
  expect(report(localeFaults(messages))).toContain('common.no is missing in en');
});
