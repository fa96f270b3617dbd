import { expect, test } from 'vitest';
import { stepsFor } from './test-steps';

const names = (...argv: string[]): string[] => stepsFor(argv).map((step) => step.name);

test('a plain run is every step in order, the journeys after the build', () => {
  expect(names()).toEqual(['types', 'boundaries', 'checks', 'tests', 'build', 'e2e']);
  expect(stepsFor([]).find((step) => step.name === 'e2e')?.needs).toBe('build');
});

test('words choose test files, --only chooses steps, --slow runs the slow cases alone', () => {
  expect(names('claims')).toEqual(['tests']);
  expect(stepsFor(['claims', '--bail=1'])[0]?.args).toEqual(expect.arrayContaining(['claims', '--bail=1']));
  expect(names('--only=types,checks')).toEqual(['types', 'checks']);
  expect(names('--slow')).toEqual(['slow', 'build', 'slow-e2e']);
  expect(names('--slow', 'claims')).toEqual(['slow']);
});

test('a step that does not exist is refused with the names', () => {
  expect(() => stepsFor(['--only=lnt'])).toThrow('There is no step "lnt". Steps: types, boundaries');
});
