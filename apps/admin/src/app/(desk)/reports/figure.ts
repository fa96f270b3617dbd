/** What a row of a report is about, as it stands in an address; null for all rows. */
export function rowOf(text: string | undefined): (string | null)[] | null {
  if (text === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.length <= 4 && parsed.every((one) => one === null || typeof one === 'string') ? (parsed as (string | null)[]) : null;
  } catch {
    return null;
  }
}

/** The address of what a figure is made of; `about` null: a total. */
export function figurePath(search: string, report: string, column: string, currency: string, about: readonly (string | null)[] | null): string {
  const query = new URLSearchParams(search);
  for (const key of ['cursor', 'open']) query.delete(key);
  query.set('report', report);
  query.set('column', column);
  query.set('currency', currency);
  if (about === null) query.delete('row');
  else query.set('row', JSON.stringify(about));
  return `/reports/entries?${query.toString()}`;
}
