import type { Outputs } from '@/trpc/outputs';

export type Packs = Outputs['platform']['packs'];
export type Checked = Outputs['platform']['checkPack'];
export type PackContent = NonNullable<Checked['content']>;
export type PackIssue = Checked['issues'][number];

/** Where a pack comes from: one of the product's, or the text of a file. */
export type PackSource = { readonly builtIn: string } | { readonly text: string };

/** The place of an issue as it is written in the file: `rules.products.plans[1].prices`. */
export const placeOf = (field: string): string => field.replace(/\.(\d+)(?=\.|$)/gu, '[$1]');
