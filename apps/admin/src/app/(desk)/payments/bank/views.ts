import type { BankLineStatus } from '@interdomestik/rules/bank';

/** What a person looks at: what waits, what is kept for payers, what is done, what is none of ours. */
export const bankViews = ['waiting', 'kept', 'done', 'ignored'] as const;
export type BankView = (typeof bankViews)[number];

export const viewStatuses: Readonly<Record<BankView, readonly BankLineStatus[]>> = {
  waiting: ['new', 'open'], kept: ['held'], done: ['booked', 'seen', 'returned'], ignored: ['ignored'],
};

export const viewOf = (text: string | undefined): BankView => bankViews.find((view) => view === text) ?? 'waiting';
