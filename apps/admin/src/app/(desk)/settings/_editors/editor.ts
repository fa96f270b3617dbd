import type { FieldIssue } from '@interdomestik/rules/errors';
import type { Locale } from '@interdomestik/rules/locales';
import type { Currency } from '@interdomestik/rules/money';
import type { RuleDoc, RuleKind } from '@interdomestik/rules/rule-sets';
import type { ComponentType } from 'react';

/** A document in its stored form: plain JSON, amounts as text in minor units. */
export type Stored<T> = T extends bigint ? string : T extends object ? { [P in keyof T]: Stored<T[P]> } : T;
export type StoredRule<K extends RuleKind> = Stored<RuleDoc<K>>;

/** What an editor may offer as choices: the tenant's own plans, branches, languages and currencies. */
export interface EditorChoices {
  readonly languages: readonly Locale[];
  readonly currencies: readonly Currency[];
  readonly plans: readonly { readonly code: string; readonly title: string }[];
  readonly branches: readonly { readonly id: string; readonly code: string; readonly name: string }[];
}

/**
 * What every editor of a rule gets. The shell around it saves, checks and publishes; an editor only changes the document. Fields of
 * `_editors/fields` read and change it by their path (`percentBp.new`) without these props, and bring issue, reason and override along.
 */
export interface EditorProps<K extends RuleKind = RuleKind> extends EditorChoices {
  /** The whole document; of a branch, as it holds there. May be half-typed: what cannot be read stays in it as text. */
  readonly value: StoredRule<K>;
  readonly onChange: (next: StoredRule<K>) => void;
  /** What is wrong, by path. */
  readonly issues: readonly FieldIssue[];
  /** The branch whose override is edited; null: the rule of the whole country. */
  readonly scopeBranchId: string | null;
  readonly readOnly: boolean;
}

export type RuleEditor<K extends RuleKind = RuleKind> = ComponentType<EditorProps<K>>;
