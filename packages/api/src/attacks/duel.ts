import type { Permission } from '@interdomestik/rules';
import type { World } from '../testing';
import { mayCall, reachesRows, rightful, type Actor } from './actors';
import { ask, procedures, type Answer } from './ask';
import type { Attack } from './attack';
import { changedBetween, rowVersions } from './fingerprint';
import type { Place } from './place';
import { emptied, textsOf, valueAt, withValue } from './values';

/** What one procedure withstood. */
export interface Report {
  /** Leaks and unexpected answers, in words; none is right. */
  readonly faults: string[];
  readonly attacks: number;
  /** How long answers took, for rows that are somebody else's and for rows of nothing. */
  readonly times: { readonly theirs: number[]; readonly nothing: number[] };
}

interface Ground {
  readonly world: World;
  readonly victim: Place;
  readonly actors: readonly Actor[];
  /** Ids that an actor may never read. */
  readonly hiddenFrom: (actor: Actor) => ReadonlySet<string>;
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;

/** Ids and words of the victim in an answer to somebody who must not know them. */
function leaked(body: string, actor: Actor, attack: Attack, ground: Ground, input: unknown): string[] {
  // the console is there to look at every tenant; what it may tell has tests of its own (I-28)
  if (actor.identity.platform !== null && (attack.by === 'root' || attack.by === 'entered')) return [];
  const told = new Set(textsOf(input));
  const hidden = ground.hiddenFrom(actor);
  const ids = [...new Set(body.match(uuids) ?? [])].filter((id) => hidden.has(id) && !told.has(id));
  const word = hidden.size > 0 && !told.has(ground.victim.word) && body.includes(ground.victim.word) ? [`the word ${ground.victim.word}`] : [];
  return [...ids.map((id) => `the id ${id}`), ...word];
}

const refusalBy = (actor: Actor): readonly string[] => (actor.identity.scope === null ? ['UNAUTHENTICATED', 'NOT_FOUND'] : ['FORBIDDEN', 'UNAUTHENTICATED']);
const tell = ({ status, code, messageKey, body }: Answer): string => (code === null ? `${String(status)} ${body.slice(0, 200)}` : `${code} ${messageKey ?? ''}`);

interface Pair {
  readonly theirs: unknown;
  readonly nothing: unknown;
  /** Some of the values are the actor's own. */
  readonly mixed: boolean;
}

/**
 * What an actor sends beside the same with values of nothing: a call as at home with all the victim's values, and, where a call names several
 * things, with one of them each time. People of the place itself send what the rightful one sends.
 */
function pairsFor(attack: Attack, actor: Actor, theirs: unknown, own: ReadonlyMap<Place, unknown>): Pair[] {
  const paths = attack.values ?? [];
  const home = actor.home === null ? undefined : own.get(actor.home);
  const base = home ?? theirs;
  const whole = paths.reduce<unknown>((made, path) => withValue(made, path, valueAt(theirs, path)), base);
  const pairs = [{ theirs: whole, nothing: emptied(whole, paths), mixed: false }];
  if (paths.length < 2 || home === undefined) return pairs;
  return [...pairs, ...paths.map((path) => ({ theirs: withValue(base, path, valueAt(theirs, path)), nothing: emptied(base, [path]), mixed: true }))];
}

function judge(attack: Attack, mixed: boolean, theirs: Answer, nothing: Answer): string | null {
  // one request id for all: what is left must be the same to the byte
  if (theirs.body !== nothing.body || theirs.status !== nothing.status) return `answers ${tell(theirs)}, but ${tell(nothing)} to ids of nothing`;
  // a call that mixes may be in vain without being refused: that nothing has changed is looked at for all together
  if (attack.quiet === true || mixed) return null;
  const right = ['NOT_FOUND', 'FORBIDDEN', ...(attack.of === 'bearer' ? ['INVALID'] : [])];
  return theirs.code !== null && right.includes(theirs.code) ? null : `answers ${tell(theirs)}`;
}

/** Attacks one procedure at one place as everybody, and proves before or after that its rows are real. */
export async function duel(path: string, attack: Attack, ground: Ground): Promise<Report> {
  const { world, victim, actors } = ground;
  const procedure = procedures[path];
  const permission = procedure?._def.meta?.permission as Permission | undefined;
  if (procedure === undefined || permission === undefined) throw new Error(`${path} is no procedure with a permission`);
  const report: Report = { faults: [], attacks: 0, times: { theirs: [], nothing: [] } };
  let count = 0;
  const fault = (actor: Actor, what: string) => report.faults.push(`${path} to ${actor.name}: ${what}`);
  const theirs = await attack.input?.(victim);
  const homes = attack.values === undefined ? [] : [...new Set(actors.flatMap(({ home }) => (home === null || home === victim ? [] : [home])))];
  const own = new Map<Place, unknown>();
  for (const home of homes) own.set(home, await attack.input?.(home));
  const proof = async () => {
    const answer = await ask(rightful(actors, attack), path, theirs);
    if (answer.code !== null) fault(rightful(actors, attack), `the rightful call answers ${tell(answer)}`);
    await attack.restore?.(victim);
  };
  if (procedure._def.type === 'query') await proof();

  // a query that names nothing is answered from the asker's own rows; it may write there, so it comes before the hash
  const open = (actor: Actor): boolean => mayCall(actor, permission, attack);
  if (attack.values === undefined && procedure._def.type === 'query') {
    for (const actor of actors.filter((candidate) => open(candidate))) {
      const found = leaked((await ask(actor, path, theirs)).body, actor, attack, ground, theirs);
      count += 1;
      if (found.length > 0) fault(actor, `tells ${found.join(', ')}`);
    }
  }
  const before = await rowVersions(world.database);
  for (const actor of actors) {
    if (!open(actor)) {
      const answer = await ask(actor, path, theirs);
      count += 1;
      if (!refusalBy(actor).includes(answer.code ?? '')) fault(actor, `has no ${permission} and is answered ${tell(answer)}`);
    } else if (attack.values !== undefined && !reachesRows(actor, attack)) {
      for (const pair of pairsFor(attack, actor, theirs, own)) {
        const answer = await ask(actor, path, pair.theirs);
        const nothing = await ask(actor, path, pair.nothing);
        count += 1;
        report.times.theirs.push(answer.ms);
        report.times.nothing.push(nothing.ms);
        const wrong = judge(attack, pair.mixed, answer, nothing);
        if (wrong !== null) fault(actor, wrong);
        const found = leaked(answer.body, actor, attack, ground, pair.theirs);
        if (found.length > 0) fault(actor, `tells ${found.join(', ')}`);
      }
    }
  }
  const changed = changedBetween(before, await rowVersions(world.database));
  if (changed.length > 0) report.faults.push(`${path} refused everybody and changed ${changed.join('; ')}`);
  if (procedure._def.type !== 'query') await proof();
  return { ...report, attacks: count };
}
