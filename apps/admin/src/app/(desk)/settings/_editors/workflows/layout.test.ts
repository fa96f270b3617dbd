import { mkPack, packRule } from '@interdomestik/rules/country-packs';
import { describe, expect, it } from 'vitest';
import { layoutWorkflow, rowsOf, size, type Diagram, type Flow } from './layout';

const { claims, memberships } = packRule(mkPack, 'workflows');

/** Where the straight part of a step beside the column runs. */
const runOf = ({ path }: Diagram['steps'][number]): readonly [number, number] => {
  const [from = 0, to = 0] = [/^M [\d.]+ ([\d.]+)/u.exec(path)?.[1], / ([\d.]+) H [\d.]+$/u.exec(path)?.[1]].map(Number);
  return from < to ? [from, to] : [to, from];
};

describe('rows', () => {
  it('follow the course of the case', () => {
    expect(rowsOf(claims)).toEqual(['draft', 'submitted', 'verification', 'evaluation', 'negotiation', 'court', 'resolved', 'rejected']);
    expect(rowsOf(memberships)).toEqual(['pending', 'active', 'past_due', 'paused', 'canceled', 'lapsed', 'expired']);
  });

  it('begin with the initial state, and keep one that nothing leads to in its place', () => {
    const flow = { states: ['b', 'c', 'a', 'd'], initial: 'a', closed: ['d'], transitions: [{ from: 'a', to: 'b' }, { from: 'b', to: 'd' }] };
    expect(rowsOf(flow)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe.each<[string, Flow]>([['claims', claims], ['memberships', memberships]])('the diagram of %s', (_, flow) => {
  const diagram = layoutWorkflow(flow);

  it('shows every state and step once, numbered from above, and stays readable beside the lists', () => {
    expect(diagram.nodes.map(({ state }) => state).toSorted()).toEqual([...flow.states].toSorted());
    expect(diagram.steps.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(flow.transitions.map((__, index) => index));
    expect(diagram.steps.map(({ number }) => number)).toEqual(flow.transitions.map((__, index) => index + 1));
    expect(diagram.width).toBeLessThan(720);
  });

  it('lays no step over another: in one lane they run one after the other', () => {
    for (const way of ['left', 'right'] as const) {
      const beside = diagram.steps.filter((step) => step.way === way);
      for (const [place, step] of beside.entries()) {
        for (const other of beside.slice(place + 1).filter(({ lane }) => lane === step.lane)) {
          const [[a, b], [c, d]] = [runOf(step), runOf(other)];
          expect(b < c || d < a).toBe(true);
        }
      }
    }
  });

  it('keeps numbers apart and everything inside', () => {
    for (const [place, { at }] of diagram.steps.entries()) {
      expect(at.x).toBeGreaterThanOrEqual(12);
      expect(at.x).toBeLessThanOrEqual(diagram.width - 12);
      for (const other of diagram.steps.slice(place + 1)) expect(Math.hypot(at.x - other.at.x, at.y - other.at.y)).toBeGreaterThanOrEqual(size.lane - 2);
    }
  });

  it('goes on downwards or past others on the left, and back on the right', () => {
    const rows = rowsOf(flow);
    for (const { from, to, way } of diagram.steps) {
      const distance = rows.indexOf(to) - rows.indexOf(from);
      expect(way).toBe(distance === 1 ? 'down' : distance > 0 ? 'left' : 'right');
    }
  });
});

it('a step of a state that is gone is left out, and a lone state is a diagram', () => {
  const flow = { states: ['a'], initial: 'a', closed: ['a'], transitions: [{ from: 'a', to: 'gone' }] };
  expect(layoutWorkflow(flow)).toMatchObject({ steps: [], nodes: [{ state: 'a' }] });
});
