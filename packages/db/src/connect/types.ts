import { types } from 'pg';

type Parser = (value: string) => unknown;

const asIs: Parser = (value) => value;
const int8 = 20;
const int8Array = 1016;
const textArrayOid: number = 1009;
const textArray = types.getTypeParser(textArrayOid) as (value: string) => (string | null)[];

const parsers: Readonly<Record<number, Parser>> = {
  [int8]: BigInt,
  [int8Array]: (value) => textArray(value).map((one) => (one === null ? null : BigInt(one))),
  // A date is a day, not a moment: as a Date it would move with the time zone of the process.
  1082: asIs,
  1182: textArray,
  1114: asIs,
  1115: textArray,
  1700: asIs,
  1231: textArray,
};

/**
 * How values arrive: bigint as bigint, date and timestamp without zone as their text, numeric as text, timestamptz as
 * Date. Everything else as `pg` does it.
 */
export const valueTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (format === 'binary') return types.getTypeParser(oid, 'binary');
    return parsers[oid] ?? types.getTypeParser(oid, 'text');
  },
};
