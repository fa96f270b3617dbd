import { idsIn } from './coverage';

/** Why: a page that promises isolation must name tests that exist, and must not forget any. */
export const page = 'docs/security.md';

/** Promises without a test, and tests that the page forgets. What stands behind "Not promised:" is neither. */
export function securityPageFaults(text: string, covered: readonly string[]): string[] {
  const promised = new Set(idsIn(text.split('Not promised:')[0] ?? '').filter((id) => /^[IS]-/u.test(id)));
  return [
    ...[...promised].filter((id) => !covered.includes(id)).map((id) => `${page} promises ${id}, which no test covers`),
    ...covered.filter((id) => /^[IS]-/u.test(id) && !promised.has(id)).map((id) => `${page} does not name ${id}, which is covered`),
  ];
}
