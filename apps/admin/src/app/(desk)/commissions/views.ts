/** The views of commissions: of everybody in reach for who approves or manages, and the own. */
export const views = ['people', 'entries', 'payouts', 'account', 'sales'] as const;
export type View = (typeof views)[number];

interface Rights {
  readonly approves: boolean;
  /** Sees what others earn. */
  readonly others: boolean;
}

/** The views that somebody has. */
export function viewsFor({ approves, others }: Rights): readonly View[] {
  return views.filter((view) => (view === 'people' ? approves : view === 'entries' ? others : true));
}

/** The view that an address names; the first one when it names none of theirs. */
export function viewOf(value: string | undefined, rights: Rights): View {
  const theirs = viewsFor(rights);
  return theirs.find((view) => view === value) ?? (rights.approves ? 'people' : rights.others ? 'entries' : 'account');
}
