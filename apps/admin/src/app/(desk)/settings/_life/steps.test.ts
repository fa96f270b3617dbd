import { describe, expect, it } from 'vitest';
import { currentStep, nextAction, stepsOf, type Standing } from './steps';

const calm: Standing = { state: 'draft', dirty: false, faulty: false, simulated: false, needs: { secondPerson: false, simulation: false }, second: false };
const both = { secondPerson: true, simulation: true };

describe('the way of a draft', () => {
  it.each<[string, Partial<Standing>, string, string]>([
    ['typed and not saved', { dirty: true }, 'save', 'draft'],
    ['typed after the approval', { state: 'approved', dirty: true, needs: both }, 'save', 'draft'],
    ['not begun', { state: null }, 'save', 'draft'],
    ['wrong', { faulty: true }, 'fix', 'draft'],
    ['saved', {}, 'check', 'checked'],
    ['checked, with nothing demanded', { state: 'validated' }, 'publish', 'published'],
    ['checked, to be tried', { state: 'validated', needs: both }, 'try', 'tried'],
    ['tried, before its author', { state: 'validated', needs: both, simulated: true }, 'wait', 'approved'],
    ['tried, before a second person', { state: 'validated', needs: both, simulated: true, second: true }, 'approve', 'approved'],
    ['approved and tried', { state: 'approved', needs: both, simulated: true }, 'publish', 'published'],
    ['approved, but never tried', { state: 'approved', needs: both }, 'try', 'tried'],
  ])('%s', (_, change, next, step) => {
    const standing = { ...calm, ...change };
    expect(nextAction(standing)).toBe(next);
    expect(currentStep(standing)).toBe(step);
    expect(stepsOf(standing)).toContain(step);
  });

  it('has only the steps that somebody demands', () => {
    expect(stepsOf(calm)).toEqual(['draft', 'checked', 'published']);
    expect(stepsOf({ needs: both })).toEqual(['draft', 'checked', 'tried', 'approved', 'published']);
  });
});
