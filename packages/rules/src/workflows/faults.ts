/** What is wrong with a state: nothing leads there; nothing leads on; or what leads on never comes to a closed one. */
export type StateFault = 'unreachable' | 'noWayOut' | 'noEnd'

/** As much of a workflow as its faults depend on. */
type Ways = {
  readonly states: readonly string[]
  readonly initial: string
  readonly closed: readonly string[]
  readonly transitions: readonly { readonly from: string; readonly to: string }[]
}

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

/** The states of a workflow in which a case would be lost, each with its faults; every other state is left out. */
export function stateFaults({ states, initial, closed, transitions }: Ways): ReadonlyMap<string, readonly StateFault[]> {
  const after = reached([initial], (state) => transitions.filter(({ from }) => from === state).map(({ to }) => to))
  const ending = reached(closed, (state) => transitions.filter(({ to }) => to === state).map(({ from }) => from))
  const faultsOf = (state: string): StateFault[] => {
    const leaving: StateFault[] = ending.has(state) ? [] : [transitions.some(({ from }) => from === state) ? 'noEnd' : 'noWayOut']
    return after.has(state) ? leaving : ['unreachable', ...leaving]
  }
  return new Map(states.map((state) => [state, faultsOf(state)] as const).filter(([, faults]) => faults.length > 0))
}
