import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { decideAgain, isDomainError, quoteAgain, successFeeAgain, type ResolvedRule, type RuleReceipt } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { ruleAt, type RulePin } from '../settings/rules';

/** Which decision a receipt is of; each is made again by its own function of the rules. */
export const decisions = ['price', 'fee', 'deadline', 'step'] as const;
export type DecisionKind = (typeof decisions)[number];

/** What the receipt of a decision must say at the least; what it says beyond that must come out the same too. */
const needed: Readonly<Record<DecisionKind, readonly string[]>> = { price: ['gross', 'net', 'vat', 'start', 'end'], fee: ['fee'], deadline: ['dueAt'], step: ['allowed'] };

const jsonSchema = z.json();
const receiptSchema = z.object({
  kind: z.enum(['products', 'workflows']), version: z.int().min(0), source: z.enum(['branch', 'tenant', 'pack']), base: z.int().nullish(), branchId: z.uuid().nullish(),
  inputs: jsonSchema, outcome: z.record(z.string(), jsonSchema),
});
type Stored = z.output<typeof receiptSchema>;

/** A decision as it is stored, beside what its own rules make of its own inputs now; null where they cannot decide it. */
export interface Difference {
  readonly stored: unknown;
  readonly recomputed: unknown;
}

/** What is kept of a receipt that differs: what was decided and by which rule, not the person it was decided about. */
const shown = (receipt: unknown): unknown => {
  const { kind, version, source, outcome } = z.object({ kind: z.unknown(), version: z.unknown(), source: z.unknown(), outcome: z.unknown() }).partial().catch({}).parse(receipt);
  return { kind: kind ?? null, version: version ?? null, source: source ?? null, outcome: outcome ?? null };
};

/** Makes stored decisions again, each by exactly the versions that its receipt names; a version is asked for once, however many receipts name it. */
export class Rechecker {
  readonly #scope: TenantScope;
  readonly #rules = new Map<string, Promise<ResolvedRule<'products' | 'tax' | 'workflows'>>>();

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async #rule<K extends 'products' | 'tax' | 'workflows'>(kind: K, pin: RulePin): Promise<ResolvedRule<K>> {
    const key = `${kind} ${String(pin.version)} ${String(pin.base ?? '')} ${pin.branchId ?? ''}`;
    const known = this.#rules.get(key) ?? ruleAt(this.#scope, kind, pin);
    this.#rules.set(key, known);
    return (await known) as ResolvedRule<K>;
  }

  async #again(decision: DecisionKind, receipt: Stored): Promise<RuleReceipt> {
    const { inputs, outcome } = receipt;
    if (decision === 'price') {
      const taxVersion = z.int().parse(outcome['taxVersion']);
      return quoteAgain({ products: await this.#rule('products', receipt), tax: await this.#rule('tax', { version: taxVersion }) }, inputs).receipt;
    }
    if (decision === 'fee') return successFeeAgain(await this.#rule('products', receipt), inputs);
    return decideAgain(await this.#rule('workflows', receipt), inputs);
  }

  /**
   * Null when the decision comes out as it is stored. Receipts from before a field existed lack it, which is no difference; a receipt that cannot be
   * read, that names a version which was never published, or whose rules refuse it, is one.
   */
  async differs(decision: DecisionKind, stored: unknown): Promise<Difference | null> {
    const read = receiptSchema.safeParse(stored);
    const whole = read.success && needed[decision].every((key) => Object.hasOwn(read.data.outcome, key));
    if (!whole) return { stored: shown(stored), recomputed: null };
    try {
      const again = await this.#again(decision, read.data);
      const made = again.outcome as Readonly<Record<string, unknown>>;
      const same = read.data.kind === again.kind && Object.entries(read.data.outcome).every(([key, value]) => isDeepStrictEqual(value, made[key]));
      return same ? null : { stored: shown(stored), recomputed: shown(again) };
    } catch (error) {
      // what the receipt says is not to be decided; anything else is a fault of ours, and the job tries again
      if (error instanceof z.ZodError || isDomainError(error)) return { stored: shown(stored), recomputed: null };
      throw error;
    }
  }
}
