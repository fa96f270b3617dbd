import { expect, test } from 'vitest';
import { areasNotSent } from './loaded-areas';
import { repositoryFiles, textOf } from './repository';

test.each(['apps/member', 'apps/admin'])('every area of messages that the browser asks for in %s is sent to it', (app) => {
  const components = repositoryFiles().filter((path) => path.startsWith(`${app}/src/`) && /\.tsx?$/u.test(path)).map(textOf);
  expect(areasNotSent({ layout: textOf(`${app}/src/app/layout.tsx`), components })).toEqual([]);
});

test('goes red on an area that is asked for and not sent', () => {
  const layout = "messages={loadAreas(locale, ['common', 'errors'])}";
  expect(areasNotSent({ layout, components: ["const t = useTranslations('common.ui');", "const t = useTranslations('editors.legal');"] })).toEqual(['editors']);
  expect(areasNotSent({ layout: 'nothing', components: ["useTranslations('common')"] })).toEqual(['common']);
});
