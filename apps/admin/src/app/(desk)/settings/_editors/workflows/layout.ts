/** Where states and steps of a workflow stand in its diagram, in pixels. Pure: the same workflow always looks the same. */

export interface Flow {
  readonly states: readonly string[];
  readonly initial: string;
  readonly closed: readonly string[];
  readonly transitions: readonly { readonly from: string; readonly to: string }[];
}

export interface DiagramNode {
  readonly state: string;
  readonly x: number;
  readonly y: number;
}

export interface DiagramStep {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** Its number in the diagram and in the table. */
  readonly number: number;
  /** Its place in the rule document. */
  readonly index: number;
  /** `down` to the next row, `left` past others, `right` back up. */
  readonly way: 'down' | 'left' | 'right';
  readonly lane: number;
  readonly path: string;
  /** Where its number stands. */
  readonly at: { readonly x: number; readonly y: number };
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DiagramNode[];
  /** In the order of their numbers. */
  readonly steps: readonly DiagramStep[];
}

export const size = { node: { width: 208, height: 56 }, row: 100, lane: 30, edge: 20, bend: 10, foot: 8 } as const;

export const stepKey = ({ from, to }: { readonly from: string; readonly to: string }): string => `${from}>${to}`;

/** States row by row: each below all that lead on to it, those of one layer in their own order. A state that nothing leads to stays where it stood. */
export function rowsOf({ states, initial, transitions }: Flow): string[] {
  const place = new Map(states.map((state, index) => [state, state === initial ? -1 : index] as const));
  const at = (state: string): number => place.get(state) ?? 0;
  const ordered = states.toSorted((a, b) => at(a) - at(b));
  const layers = new Map<string, number>();
  let before = 0;
  for (const state of ordered) {
    const above = transitions.flatMap(({ from, to }) => (to === state && at(from) < at(state) ? [layers.get(from) ?? 0] : []));
    const layer = state === initial ? 0 : above.length === 0 ? Math.max(1, before) : Math.max(...above) + 1;
    layers.set(state, layer);
    before = layer;
  }
  return ordered.toSorted((a, b) => (layers.get(a) ?? 0) - (layers.get(b) ?? 0) || at(a) - at(b));
}

interface Routed {
  readonly from: number;
  readonly to: number;
  readonly way: DiagramStep['way'];
  readonly lane: number;
}

/** Gives every step beside the column a lane of its own for as long as it runs: short ones inside, long ones around them. */
function lanesOf(ends: readonly { readonly from: number; readonly to: number }[]): Routed[] {
  const taken = { left: [] as [number, number][][], right: [] as [number, number][][] };
  const routed = new Map<number, Routed>();
  const bySpan = ends.map((end, index) => ({ ...end, index })).toSorted((a, b) => Math.abs(a.to - a.from) - Math.abs(b.to - b.from) || a.from - b.from || a.to - b.to);
  for (const { from, to, index } of bySpan) {
    if (to === from + 1) {
      routed.set(index, { from, to, way: 'down', lane: 0 });
      continue;
    }
    const way = to > from ? 'left' : 'right';
    const [start, end] = from < to ? [from, to] : [to, from];
    const lanes = taken[way];
    const free = lanes.findIndex((runs) => runs.every(([s, e]) => end <= s || e <= start));
    const lane = free === -1 ? lanes.length : free;
    (lanes[lane] ??= []).push([start, end]);
    routed.set(index, { from, to, way, lane });
  }
  return ends.map((end, index) => routed.get(index) ?? { ...end, way: 'down', lane: 0 });
}

/** Where on the side of a state each step ends, so that lines of one state cross as little as they can. */
function portsOf(routed: readonly Routed[], row: number, way: 'left' | 'right'): Map<string, number> {
  const ends = routed.flatMap((step, index) => {
    if (step.way !== way) return [];
    // the end that lies above its other end leaves downwards: it stands in the lower half
    const upper = Math.min(step.from, step.to) === row;
    return [...(step.from === row ? [{ port: `${String(index)}from`, lower: upper, lane: step.lane }] : []), ...(step.to === row ? [{ port: `${String(index)}to`, lower: upper, lane: step.lane }] : [])];
  });
  const ordered = ends.toSorted((a, b) => Number(a.lower) - Number(b.lower) || (a.lower ? b.lane - a.lane : a.lane - b.lane));
  return new Map(ordered.map(({ port }, index) => [port, row * size.row + (size.node.height * (index + 1)) / (ordered.length + 1)]));
}

function bentPath(x: number, y1: number, laneX: number, y2: number): string {
  const out = laneX < x ? 1 : -1;
  const down = y2 > y1 ? 1 : -1;
  const r = Math.min(size.bend, Math.abs(y2 - y1) / 2);
  return `M ${String(x)} ${String(y1)} H ${String(laneX + out * r)} Q ${String(laneX)} ${String(y1)} ${String(laneX)} ${String(y1 + down * r)} V ${String(y2 - down * r)} Q ${String(laneX)} ${String(y2)} ${String(laneX + out * r)} ${String(y2)} H ${String(x)}`;
}

/** The diagram of a workflow: one state a row, on below one another, past others on the left, back on the right. */
export function layoutWorkflow(flow: Flow): Diagram {
  const rows = rowsOf(flow);
  const rowOf = new Map(rows.map((state, row) => [state, row] as const));
  const known = flow.transitions.flatMap(({ from, to }, index) => {
    const [a, b] = [rowOf.get(from), rowOf.get(to)];
    return a === undefined || b === undefined ? [] : [{ fromState: from, toState: to, from: a, to: b, index }];
  });
  const routed = lanesOf(known);
  const widest = (way: 'left' | 'right') => Math.max(0, ...routed.map((step) => (step.way === way ? step.lane + 1 : 0)));
  const left = size.edge + widest('left') * size.lane;
  const right = size.edge + widest('right') * size.lane;
  const ports = { left: rows.map((_, row) => portsOf(routed, row, 'left')), right: rows.map((_, row) => portsOf(routed, row, 'right')) };
  const drawn = known.map(({ fromState: from, toState: to, index }, place) => {
    const step = routed[place] ?? { from: 0, to: 0, way: 'down' as const, lane: 0 };
    const base = { key: stepKey({ from, to }), from, to, index, way: step.way, lane: step.lane };
    if (step.way === 'down') {
      const x = left + size.node.width / 2;
      const [y1, y2] = [step.from * size.row + size.node.height, step.to * size.row];
      return { ...base, path: `M ${String(x)} ${String(y1)} V ${String(y2)}`, at: { x, y: (y1 + y2) / 2 } };
    }
    const x = step.way === 'left' ? left : left + size.node.width;
    const laneX = step.way === 'left' ? left - (step.lane + 1) * size.lane : left + size.node.width + (step.lane + 1) * size.lane;
    const y1 = ports[step.way][step.from]?.get(`${String(place)}from`) ?? 0;
    const y2 = ports[step.way][step.to]?.get(`${String(place)}to`) ?? 0;
    return { ...base, path: bentPath(x, y1, laneX, y2), at: { x: laneX, y: (y1 + y2) / 2 } };
  });
  const inOrder = drawn.toSorted((a, b) => (rowOf.get(a.from) ?? 0) - (rowOf.get(b.from) ?? 0) || (rowOf.get(a.to) ?? 0) - (rowOf.get(b.to) ?? 0));
  return {
    width: left + size.node.width + right,
    height: Math.max(0, rows.length - 1) * size.row + size.node.height + size.foot,
    nodes: rows.map((state, row) => ({ state, x: left, y: row * size.row })),
    steps: inOrder.map((step, index) => ({ ...step, number: index + 1 })),
  };
}
