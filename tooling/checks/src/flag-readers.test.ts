import { expect, test } from 'vitest';
import { flagFaults, flagReaders } from './flag-readers';
import { repositoryFiles, textOf } from './repository';

test('R-09 what asks a switch is a list with what each stops, and nothing that decides rights is on it', () => {
  expect(flagFaults(repositoryFiles(), flagReaders, textOf)).toEqual([]);
  expect([...flagReaders.values()].filter((reason) => reason.length < 9)).toEqual([]);
});

test.each([
  ['packages/rules/src/permissions/permissions.ts', "import { featureFlags } from '../flags'"],
  ['packages/db/src/scope.ts', "import { type FlagKey } from '@interdomestik/rules';"],
  ['packages/auth/src/actor.ts', "import { OpenFeature } from '@openfeature/server-sdk';"],
  ['packages/api/src/trpc.ts', "import { isOn } from './flags/flags';"],
])('R-09 goes red when rights ask a switch: %s', (path, text) => {
  const others = new Map([...flagReaders.keys()].map((known) => [known, 'featureFlags']));
  const texts = new Map([...others, [path, text]]);
  expect(flagFaults([...texts.keys()], flagReaders, (at) => texts.get(at) ?? '')).toEqual([`${path} knows of a switch and is not on the list of what switches stop`]);
  // and putting it on the list does not help
  expect(flagFaults([...texts.keys()], new Map([...flagReaders, [path, 'because I want to']]), (at) => texts.get(at) ?? '')).toEqual([`${path} decides rights: no switch may`]);
});

test('R-09 goes red on a place that stops nothing any more; tests may ask', () => {
  const texts: Readonly<Record<string, string>> = { 'packages/api/src/x/a.ts': 'nothing', 'packages/api/src/x/a.int.test.ts': "import { isOn } from '../flags/flags';" };
  expect(flagFaults(Object.keys(texts), new Map([['packages/api/src/x/a.ts', 'stopped something once']]), (path) => texts[path] ?? '')).toEqual(['packages/api/src/x/a.ts is on the list of what switches stop and knows of none']);
});
