import type { Outputs } from '@/trpc/outputs';

export type Holdings = Outputs['branches']['holdings'];
export type Target = Outputs['transfers']['targets'][number];
export type Colleague = Holdings['team'][number];

/** What was decided so far about one colleague: goes along, or leaves with somebody who takes over (null: nobody yet). */
export type Fate = { readonly goes: true } | { readonly goes: false; readonly successorId: string | null };

/** Decisions by colleague; whoever is not named goes along. */
export type Fates = Readonly<Record<string, Fate>>;

export const fateOf = (fates: Fates, { userId }: Colleague): Fate => fates[userId] ?? { goes: true };

/** Whether somebody has to be named who takes over what a colleague who leaves looks after. */
export const needsSuccessor = (person: Colleague): boolean => person.openLeads > 0;

/** Agents who can take over from a colleague who leaves: those of the target, and those who go there. */
export function successorsFor(person: Colleague, holdings: Holdings, target: Target, fates: Fates): { readonly id: string; readonly name: string }[] {
  const going = holdings.team.filter((other) => other.userId !== person.userId && other.roles.includes('agent') && fateOf(fates, other).goes).map(({ userId, name }) => ({ id: userId, name }));
  const there = (target.agents ?? []).filter(({ id }) => id !== person.userId && !going.some((one) => one.id === id) && fates[id]?.goes !== false);
  return [...there, ...going];
}

/** The first colleague whose decision is not complete, or no longer fits the others; undefined when all are. */
export function firstUndecided(holdings: Holdings, target: Target, fates: Fates): Colleague | undefined {
  return holdings.team.find((person) => {
    const fate = fateOf(fates, person);
    if (fate.goes) return false;
    if (fate.successorId === null) return needsSuccessor(person);
    return !successorsFor(person, holdings, target, fates).some(({ id }) => id === fate.successorId);
  });
}

/** The decisions as the server takes them. */
export const leavingOf = (holdings: Holdings, fates: Fates): { userId: string; successorId: string | null }[] =>
  holdings.team.flatMap((person) => {
    const fate = fateOf(fates, person);
    return fate.goes ? [] : [{ userId: person.userId, successorId: fate.successorId }];
  });
