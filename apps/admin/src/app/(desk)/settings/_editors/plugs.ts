import type { RuleKind } from '@interdomestik/rules/rule-sets';
import type { StoredRule } from './editor';

/** Two whole documents of a kind, to be shown as one difference. */
export interface DifferenceProps<K extends RuleKind = RuleKind> {
  readonly before: StoredRule<K>;
  readonly after: StoredRule<K>;
}

/** What the panel that tries a draft on the past is given: a saved draft, and whom to tell when its trial is done. */
export interface TrialProps {
  readonly kind: RuleKind;
  readonly settingId: string;
  readonly revision: number;
  /** Whether publishing waits for it. */
  readonly required: boolean;
  /** SHA-256 of the document that was tried last; null: none was. */
  readonly simulatedHash: string | null;
  /** The draft was tried: loads it anew. */
  readonly onTried: () => void;
}
