import fc from 'fast-check';
import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import { serialize, wire } from './wire';

const overTheNetwork = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const key = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a.b', 'a\\b', '\\.', '.', '', '0', 'toString')).filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text));
const plain = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.integer(), fc.double({ noDefaultInfinity: true, noNaN: true }), fc.bigInt(), fc.date({ noInvalidDate: true }),
    fc.array(tie('tree'), { maxLength: 5 }), fc.dictionary(key, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).tree;

describe('what goes over the wire', () => {
  it('is what superjson writes, for everything that answers are made of', () => {
    fc.assert(fc.property(plain, (value) => {
      expect(overTheNetwork(serialize(value))).toEqual(overTheNetwork(superjson.serialize(value)));
    }), { numRuns: 2000 });
  });

  it('comes back as it was', () => {
    fc.assert(fc.property(plain, (value) => {
      expect(wire.deserialize(overTheNetwork(serialize(value)) as never)).toEqual(value);
    }), { numRuns: 500 });
  });

  it.each([
    ['a map', { a: new Map([['x', 1n]]) }], ['a set', [new Set([1])]], ['a number that is none', { a: Number.NaN }], ['minus nothing', [-0]], ['an address', { a: new URL('http://a.test/') }],
    ['a date alone', new Date(5)], ['a bigint alone', 5n], ['nothing', undefined], ['bytes', { a: new Uint8Array([1, 2]) }], ['an error', { a: new Error('x') }],
  ])('leaves %s to superjson', (_name, value) => {
    expect(overTheNetwork(serialize(value))).toEqual(overTheNetwork(superjson.serialize(value)));
  });

  it('ends at a cycle and refuses names that poison prototypes', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(() => JSON.stringify(serialize(loop))).not.toThrow();
    expect(() => serialize(JSON.parse('{"a":{"__proto__":1}}'))).toThrow('prototype pollution');
  });

  it('writes an object that occurs twice at both places', () => {
    const shared = { at: new Date(0), n: 1n };
    expect(wire.deserialize(overTheNetwork(serialize({ a: shared, b: [shared] })) as never)).toEqual({ a: shared, b: [shared] });
  });
});
