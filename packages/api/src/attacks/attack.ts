import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '../root';
import type { Place } from './place';

/**
 * # The attack matrix
 *
 * Every procedure of the router has an entry in `<noun>/<noun>.attack.ts`, gathered by `entries.ts`; one without fails `npm test`, by its
 * name. The entry says how a call looks that succeeds at one *place* (a branch of a tenant with its people and rows, `place.ts`), and
 * which values in it are the place's own. From that alone the tests attack the procedure:
 *
 * - `matrix.int.test.ts` calls it as everybody else with the place's real ids (I-15, I-29). Who lacks the permission, by the permission table, is
 *   refused; who holds it elsewhere gets, byte by byte, the answer that ids of nothing get (I-13). Nothing has changed, by a hash over
 *   every table. The call of `by` proves that the ids were real: before the attacks for a query, after them for a mutation.
 * - `interference.int.test.ts` asks every query at one place, changes everything at another, and asks again: the same bytes (I-14, I-29).
 * - `mass-assignment.int.test.ts` adds what nobody may set to every input (I-16).
 * - Every answer on the way is searched for secrets (S-18).
 *
 * An entry in full:
 *
 *     export const policyAttacks: AttacksOn<'policies'> = {
 *       list: { by: 'member' },
 *       remove: { by: 'member', input: async (place) => ({ id: await place.newPolicy() }), values: ['id'] },
 *     };
 *
 * Rows that several entries read stand in `place.rows`; a call that uses its rows up, or leaves others unusable (a closed branch, a disabled
 * colleague), makes its own with a maker of the place. Need another kind of row or maker? Add it to `place.ts`.
 */
export interface Attack<Input = unknown> {
  /** Who makes the call that succeeds. */
  readonly by: PersonAt;
  /** A valid input for `by`, made anew for every use; left out where the procedure takes none. */
  readonly input?: (place: Place) => Input | Promise<Input>;
  /** Where in the input ids, tokens, codes or addresses of the place stand: `id`, `filters.branchId`. Left out: it names nothing of the place. */
  readonly values?: readonly PathIn<Input>[];
  /** Whose the named rows are: who of the same tenant may reach them as well. A member's, when left out. */
  readonly of?: RowsOf;
  /** The answer is a success whether or not the named rows are there: filters, markings, requests that tell nobody anything. */
  readonly quiet?: true;
  /** A super admin outside every tenant may call it too. */
  readonly outside?: true;
  /** Why everybody of the tenant is told the same, so that another branch's changes show; left out where a branch hears of itself alone. */
  readonly wide?: string;
  /** Names in the answer that are secret elsewhere, and that this procedure is there to show, once and to its owner alone. */
  readonly shows?: readonly string[];
  /** Puts back what the successful call did, where others could not go on (a suspended tenant). */
  readonly restore?: (place: Place) => Promise<void>;
}

/** People of a place, from its narrowest to its widest; `visitor` is anybody on the host of its tenant, `door` anybody at the console's own host, `root` a super admin outside every tenant, `entered` one who is inside this one. */
export const peopleAt = ['visitor', 'door', 'member', 'promoter', 'agent', 'manager', 'admin', 'root', 'entered'] as const;
export type PersonAt = (typeof peopleAt)[number];

/**
 * - `member`: the member, the agent who looks after the member, the branch's manager, the admin
 * - `seller`: the same without the member: leads, cash
 * - `branch`: the branch's manager, the admin: colleagues
 * - `tenant`: the admin
 * - `person`: nobody but `by`: sessions, notifications
 * - `bearer`: whoever has the value, on the host of its tenant: links, card codes
 */
export type RowsOf = 'member' | 'seller' | 'branch' | 'tenant' | 'person' | 'bearer';

type Keys<T> = T extends readonly unknown[] ? never : keyof T & string;
type PathIn<T> = unknown extends T ? string : Keys<T> | { [K in Keys<T>]: NonNullable<T[K]> extends Record<string, unknown> ? `${K}.${Keys<NonNullable<T[K]>>}` : never }[Keys<T>];

export type Inputs = inferRouterInputs<AppRouter>;

/** The entries of a noun, typed by each procedure's own input. That none is missing is for the test to say, with its name. */
export type AttacksOn<Noun extends keyof Inputs> = { readonly [Name in keyof Inputs[Noun]]?: Attack<Inputs[Noun][Name]> };
