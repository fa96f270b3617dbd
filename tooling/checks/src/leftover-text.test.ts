import { expect, test } from 'vitest';
import { textFaults } from './leftover-text';
import { sources } from './repository';
import { report, source } from './source';

const path = 'apps/member/src/app/page.tsx';

test('no word of a screen is typed into it', () => {
  expect(report(sources().flatMap(textFaults))).toBe('');
});

test.each([
  '<p>Hello there</p>',
  '<p>Здраво</p>',
  "<p>{'Loading'}</p>",
  "<p>{busy ? 'Saving' : label}</p>",
  "<p>{busy && 'Saving'}</p>",
  "<p>{count + ' items'}</p>",
  '<p>{`Total: ${sum}`}</p>',
  '<button aria-label="Close" />',
  '<input placeholder={"Your name"} />',
  '<Field label="E-mail" />',
  '<>Fragment text</>',
])('goes red: %s', (jsx) => {
  expect(report(textFaults(source(path, `const x = ${jsx};`)))).toContain('is not from the messages');
});

test.each([
  "<p>{t('title')}</p>",
  '<p className="text-lg">{name} · {amount} €</p>',
  '<p>&nbsp;–&nbsp;12</p>',
  '<b>Interdomestik</b>',
  '<a href="/claims" data-testid="open claims" />',
  "<p>{kind === 'open' ? t('open') : t('closed')}</p>",
])('stays green: %s', (jsx) => {
  expect(report(textFaults(source(path, `const x = ${jsx};`)))).toBe('');
});
