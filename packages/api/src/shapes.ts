import { z } from 'zod';
import { currencySchema, quoteLineKinds } from '@interdomestik/rules';

/** Shapes of answers that several nouns share. Outputs name every field, so that a new column never leaks by itself (S-18). */

/** An amount in minor units. */
export const moneyOut = z.object({ minor: z.bigint(), currency: currencySchema });

/** A calendar day `YYYY-MM-DD`. */
export const dayOut = z.string();

/** The answer of a call that has nothing to tell. */
export const okOut = z.object({ ok: z.literal(true) });
export const ok = { ok: true } as const;

/** The same schema, checked at once: tRPC calls `parseAsync`, which keeps zod from its compiled way and costs three times as much. */
function atOnce<Schema extends z.ZodType>(schema: Schema): Schema {
  schema.parseAsync = async (value, context) => schema.parse(value, context);
  return schema;
}

/** One page of a list; `nextCursor` is null on the last. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return atOnce(z.object({ items: z.array(item), nextCursor: z.string().nullable() }));
}

/** A line of a price in the reader's language; below nothing where something is taken off. */
export const saidLineOut = z.object({ kind: z.enum(quoteLineKinds), title: z.string(), quantity: z.number(), amount: moneyOut });

/** A part of a price that is paid in parts. */
export const partOut = z.object({ number: z.number(), dueOn: dayOut, amount: moneyOut });

/** A price with what it is made of and how it came about, as `priceView` says it. */
export const priceOut = z.object({
  planCode: z.string(), lines: z.array(saidLineOut), list: moneyOut, total: moneyOut, net: moneyOut, vat: moneyOut, vatRateBp: z.number(), startsOn: dayOut, endsOn: dayOut, periodMonths: z.number(),
  now: moneyOut, instalments: z.array(partOut), steps: z.array(z.string()), couponUsed: z.boolean(),
});

/** Ways in which a sale may be paid in parts, as `instalmentPlansFor` says them. */
export const instalmentPlansOut = z.array(z.object({ code: z.string(), title: z.string(), total: moneyOut, surcharge: moneyOut.nullable(), parts: z.array(partOut) }));
