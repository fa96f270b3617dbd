import {
  instantOf, nameTokens, parseRule, todayIn, type Country, type CountryPack, type Currency, type DateOnly, type ResolvedRule, type RuleKind,
} from '@interdomestik/rules';
import type { branches, paymentAccounts } from '../schema';
import type { Random } from './random';
import type { Rows } from './rows';

/** A simulated account at the card provider, as the launcher makes one for every tenant. */
export interface CardAccount {
  /** `<tenant slug>-main` */
  readonly name: string;
  readonly apiKey: string;
  readonly clientToken: string;
  readonly webhookSecret: string;
}

/** What the seed needs from packages that this one may not import. */
export interface SeedTools {
  /** Hashes the demo password. */
  readonly hashPassword: (password: string) => Promise<string>;
  /** Seals a value so that it opens for one tenant alone. */
  readonly seal: (tenantId: string, plaintext: string) => string;
  readonly cardAccounts: readonly CardAccount[];
  /** Accounts at the simulated clearing service, by the tenant's slug; none where it is left out. */
  readonly clearanceAccounts?: readonly { readonly name: string; readonly apiKey: string }[];
}

export type BranchRow = typeof branches.$inferInsert;
export type AccountRow = typeof paymentAccounts.$inferInsert;

/** A person who works for the tenant. */
export interface StaffMember {
  readonly id: string;
  readonly role: 'tenant_admin' | 'branch_manager' | 'agent' | 'promoter';
  readonly branchId: string | null;
  readonly firstName: string;
  readonly lastName: string;
  /** Referral code of those who sell. */
  readonly referral: { readonly id: string; readonly code: string } | null;
}

/** Everything that the parts of one tenant's seed share. */
export interface TenantSeed {
  readonly pack: CountryPack;
  readonly tenantId: string;
  readonly country: Country;
  /** Currency of the books, of cash and of bank transfers. */
  readonly currency: Currency;
  readonly today: DateOnly;
  readonly now: Date;
  readonly random: Random;
  readonly rows: Rows;
  readonly passwordHash: string;
  readonly branches: readonly BranchRow[];
  readonly accounts: Readonly<Record<'card' | 'cash' | 'bank_transfer', AccountRow>>;
  readonly staff: readonly StaffMember[];
}

/** The instant of a minute of that day on the tenant's clock, never in the future. */
export function instantOn(seed: Pick<TenantSeed, 'pack' | 'now'>, date: DateOnly, minuteOfDay: number): Date {
  const at = instantOf(date, seed.pack.zone, minuteOfDay);
  return at <= seed.now ? at : new Date(seed.now.getTime() - (6 + (minuteOfDay % 50)) * 60_000);
}

export const dayOf = (seed: Pick<TenantSeed, 'pack'>, at: Date): DateOnly => todayIn(seed.pack.zone, at);

const parsed = new Map<unknown, ResolvedRule<RuleKind>>();

/** A rule of the pack as it stands after its first publication. */
export function publishedRule<K extends RuleKind>(pack: CountryPack, kind: K): ResolvedRule<K> {
  const stored = pack.rules[kind];
  const known = parsed.get(stored) ?? { kind, value: parseRule(kind, stored), version: 1, source: 'tenant' };
  parsed.set(stored, known);
  return known as unknown as ResolvedRule<K>;
}

/** The name columns of a person with what search needs of them; the same rule as the members' service has. */
export function nameColumns(firstName: string, lastName: string) {
  const first = nameTokens(firstName);
  const last = nameTokens(lastName);
  return { firstName, lastName, nameTokens: [...first, ...last].join(' '), surnameTokens: [...last, ...first].join(' ') };
}
