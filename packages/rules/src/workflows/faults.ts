import type { Workflow } from '../rule-sets'

/** What is wrong with a state: no way leads there, or no way leads on to a closed one. */
export type StateFault = 'unreachable' | 'noWayOut'

type Ways = Pick<Workflow, 'states' | 'initial' | 'closed'> & { readonly transitions: readonly { readonly from: string; readonly to: string }[] }

function reached(starts: readonly string[], next: (state: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(starts)
  const open = [...starts]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const other of next(state)) {
      if (found.has(other)) continue
      found.add(other)
      open.push(other)
    }
  }
  return found
}

/** The states of a workflow in which a case would be lost, each with its fault. A state that nothing leads to is not also called a dead end. */
export function stateFaults({ states, initial, closed, transitions }: Ways): ReadonlyMap<string, StateFault> {
  const after = reached([initial], (state) => transitions.filter(({ from }) => from === state).map(({ to }) => to))
  const ending = reached(closed, (state) => transitions.filter(({ to }) => to === state).map(({ from }) => from))
  const faults = new Map<string, StateFault>()
  for (const state of states) {
    if (!after.has(state)) faults.set(state, 'unreachable')
    else if (!ending.has(state)) faults.set(state, 'noWayOut')
  }
  return faults
}
