import { describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { sampleOf } from '@interdomestik/db/testing';
import { rightful } from '../attacks/actors';
import { ask, procedures } from '../attacks/ask';
import { attacks } from '../attacks/entries';
import { useGround } from '../attacks/use-ground';
import { lossOf, policyOf } from '../attacks/place';
import { withValue } from '../attacks/values';
import { useWorld } from '../testing';
import { naughty, naughtyTexts } from '../testing/naughty';

const world = useWorld();
const ground = useGround(world);

interface Schema {
  readonly def?: { readonly type?: string; readonly innerType?: Schema; readonly in?: Schema; readonly element?: Schema; readonly shape?: Readonly<Record<string, Schema>>; readonly options?: readonly Schema[] };
}

/** Where an input takes text: `note`, `consents.terms.version`; `[]` for a list of texts. */
function textPaths({ def }: Schema, path = ''): string[] {
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (def === undefined) return [];
  if (def.type === 'string') return path === '' ? [] : [path];
  if (def.shape !== undefined) return Object.entries(def.shape).flatMap(([name, schema]) => textPaths(schema, below(name)));
  if (def.element !== undefined) return textPaths(def.element, '').length > 0 || def.element.def?.type === 'string' ? [`${path}[]`] : [];
  return [def.innerType, def.in, ...(def.options ?? [])].flatMap((inner) => (inner === undefined ? [] : textPaths(inner, path)));
}

const fieldsOf = (path: string): string[] => [...new Set((procedures[path]?._def.inputs ?? []).flatMap((schema) => textPaths(schema as Schema)))];

const changed = (input: unknown, field: string, text: string): unknown => (field.endsWith('[]') ? withValue(input, field.slice(0, -2), [text]) : withValue(input, field, text));

/** One of each class, another one for every field, so that all fields together see all of them; and to each what no database can hold. */
const turn = (n: number): string[] => ['\u0000', 'a\u0000b', ...Object.values(naughty).map((texts) => texts[n % texts.length] ?? '')];

describe('S-12 no field of any procedure turns a text into a fault of the server', () => {
  const withText = [...attacks].filter(([path]) => fieldsOf(path).length > 0).map(([path]) => path);
  let turns = 0;

  it('knows the fields', () => {
    expect(withText.length).toBeGreaterThan(40);
    expect(fieldsOf('leads.create')).toEqual(expect.arrayContaining(['firstName', 'lastName', 'note']));
    expect(naughtyTexts.length).toBeGreaterThan(120);
  });

  it.each(sampleOf(withText, 5))('S-12 %s', async (path) => {
    const attack = attacks.get(path);
    if (attack === undefined) throw new Error('no entry');
    const actor = attack.by === 'entered' ? undefined : rightful(ground.actors, attack);
    if (actor === undefined) return;
    const input = await attack.input?.(ground.places.ksA);
    for (const field of fieldsOf(path)) {
      // `ask` throws at every answer of 500 and more
      for (const text of turn((turns += 1))) await ask(actor, path, changed(input, field, text));
    }
    await attack.restore?.(ground.places.ksA);
  }, 60_000);
});

type Refusal = { readonly cause?: { readonly code?: unknown } };
const refused = (error: unknown): null => {
  const { code } = ((error as Refusal).cause ?? {}) as { code?: unknown };
  const name = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'INVALID' && name !== 'BAD_REQUEST') throw error;
  return null;
};

/** What a text may become on its way: composed letters, one kind of line end, no signs that nobody can see or write, no blanks around it. */
const meant = (text: string): string => text.replaceAll(/\r\n?/gu, '\n').replaceAll(/(?![\n\t])\p{Cc}|\p{Surrogate}/gu, '').normalize('NFC').trim();
const onOneLine = (text: string): string => meant(text).replaceAll(/\s+/gu, ' ');

describe('S-12 what a person wrote is stored exactly', () => {
  it('S-12 in a lead, a policy, a claim, a branch and a note', async () => {
    const { ksA } = ground.places;
    const [member, agent, admin] = [await ksA.callerOf('member'), await ksA.callerOf('agent'), await ksA.callerOf('admin')];
    const writers: Readonly<Record<string, (text: string) => Promise<string | null | undefined>>> = {
      'leads.create note': async (text) => (await agent.leads.get({ id: (await agent.leads.create({ firstName: 'Ana', lastName: 'Berisha', phone: undefined, email: `${newId()}@example.com`, source: 'agent', note: text })).id })).note,
      'leads.create lastName': async (text) => (await agent.leads.get({ id: (await agent.leads.create({ firstName: 'Ana', lastName: text, email: `${newId()}@example.com`, source: 'agent' })).id })).lastName,
      'policies.add insurer': async (text) => {
        const { id } = await member.policies.add({ ...policyOf('x'), insurer: text });
        const stored = (await member.policies.list()).find((policy) => policy.id === id)?.insurer;
        await member.policies.remove({ id });
        return stored;
      },
      'branches.create address': async (text) => {
        const { id } = await admin.branches.create({ code: `n-${newId().slice(-12)}`, name: 'Annex', city: 'Prizren', address: text, phone: undefined });
        return (await admin.branches.list()).find((branch) => branch.id === id)?.address;
      },
    };
    const wrong: string[] = [];
    let stored = 0;
    const texts = sampleOf(naughtyTexts, 5);
    for (const [name, write] of Object.entries(writers)) {
      for (const text of texts) {
        const found = await write(text).catch(refused);
        if (found === null || found === undefined) continue;
        stored += 1;
        if (found !== (name.endsWith('Name') ? onOneLine(text) : meant(text))) wrong.push(`${name}: ${JSON.stringify(text.slice(0, 60))} became ${JSON.stringify(found.slice(0, 60))}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(stored).toBeGreaterThan(texts.length * 1.5);
    const claim = await member.claims.get({ id: (await member.claims.submit({ id: await ksA.newDraft(), ...lossOf(ksA), description: naughty['html']?.join(' ') ?? '' })).id });
    expect(claim.description).toBe(meant(naughty['html']?.join(' ') ?? ''));
  }, 120_000);
});
