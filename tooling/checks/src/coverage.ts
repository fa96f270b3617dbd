import { child, children, dotted, isTest, literal, quasis, walk, type Source } from './source';

/**
 * Why: a case of the catalogue that was proven once must not fall out of the tests unnoticed. A test carries the id of
 * its case in its name (`I-08 ...`), and `covered.json` remembers which ids have one.
 */
export interface Covered {
  /** Id -> files whose tests carry it. */
  cases: Record<string, string[]>;
  /** Named escape: an id that is no longer tested, with the reason, written by hand. */
  retired: Record<string, string>;
}

/** Highest number of each chapter of the catalogue: isolation, payments, import, audit, security, load, rollout. */
const chapters: Record<string, number> = { I: 32, P: 20, M: 15, A: 10, S: 19, L: 12, R: 11 };
const callers = /^(?:test|it|describe|suite|journey|step|scenario)\b/u;

/** Ids in a text; `I-99` is none, because the catalogue has no such case. */
export function idsIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w-])([IPMASLR])-(\d\d)(?![\w-])/gu)].filter(([, chapter, number]) => Number(number) >= 1 && Number(number) <= (chapters[chapter ?? ''] ?? 0)).map(([id]) => id);
}

const holdsTests = (path: string): boolean => path.endsWith('.ts') && (isTest(path) || path.startsWith('tooling/e2e/src/')) && !path.startsWith('tooling/checks/');

/** Ids that the test names of a file carry. */
export function idsOf(file: Source): string[] {
  if (!holdsTests(file.path)) return [];
  const ids = new Set<string>();
  walk(file.program, (node) => {
    if (node.type !== 'CallExpression') return;
    const callee = child(node, 'callee');
    // test('...'), test.each(...)('...'), test.each`...`('...')
    const inner = callee?.type === 'CallExpression' ? child(callee, 'callee') : callee?.type === 'TaggedTemplateExpression' ? child(callee, 'tag') : callee;
    if (!callers.test(dotted(inner) ?? '')) return;
    const [name] = children(node, 'arguments');
    const text = literal(name) ?? (name?.type === 'TemplateLiteral' ? quasis(name).join(' ') : '');
    for (const id of idsIn(text)) ids.add(id);
  });
  return [...ids];
}

/** Which ids the tests carry now, in the catalogue's order. */
export function coveredNow(files: readonly Source[]): Covered['cases'] {
  const cases: Covered['cases'] = {};
  for (const file of files) for (const id of idsOf(file)) (cases[id] ??= []).push(file.path);
  const order = Object.keys(chapters).join('');
  const rank = (id: string): string => `${order.indexOf(id.charAt(0))}${id.slice(2)}`;
  return Object.fromEntries(Object.entries(cases).sort(([a], [b]) => rank(a).localeCompare(rank(b))).map(([id, paths]) => [id, paths.sort()]));
}

/** Ids that were covered and are not any more. */
export function vanished(before: Covered, now: Covered['cases']): string[] {
  return Object.keys(before.cases).filter((id) => now[id] === undefined && (before.retired[id] ?? '') === '');
}

/** Ids that are tested now and not remembered yet. */
export function unremembered(before: Covered, now: Covered['cases']): string[] {
  return Object.keys(now).filter((id) => before.cases[id] === undefined);
}

/** The list to keep: what is tested now, and what vanished, which only a hand with a reason may take out. */
export function remember(before: Covered, now: Covered['cases']): Covered {
  const lost = vanished(before, now).map((id) => [id, before.cases[id] ?? []] as const);
  return { cases: { ...now, ...Object.fromEntries(lost) }, retired: before.retired };
}
