import { child, children, dotted, isTest, lineOf, literal, walk, withEscapes, within, type Finding, type Node, type Source } from './source';

/** Code that no review should have to find. Each rule with its reason; its escape is `check-allow <rule>: <reason>`. */
const reasons = {
  'env-in-one-place': 'process.env is read in the package\'s env.ts only, where it is checked once and named',
  'ids-on-both-sides': 'the server draws the page first and knows no window, and a browser gives no randomUUID without TLS; take newId',
  'no-raw-sql': 'sql.raw pastes text into a statement; use a parameter, or sql.identifier for a name',
  'no-type-hole': 'the type is wrong or the code is; say what it is instead of silencing the compiler',
  'no-skipped-test': 'a test that does not run protects nothing; mend it or delete it',
  'mock-apart': 'tests on Postgres share the loaded product, so a mock holds or not by the order of files; name the file *.mocked.int.test.ts',
  'no-promise-comment': 'what is not there is an issue, not a comment in the code',
} as const;
type Rule = keyof typeof reasons;

/** Named escapes of whole files, with the reason. */
const allowed: Record<Rule, readonly string[]> = {
  // the install step runs before any package of ours can be loaded
  'env-in-one-place': ['tooling/up/bin/prepare.mjs'],
  'ids-on-both-sides': [],
  // CHECK constraints of the schema take no parameters; their words are constants of the same file
  'no-raw-sql': ['packages/db/src/schema/columns.ts'],
  'no-type-hole': [],
  'no-skipped-test': [],
  'mock-apart': [],
  // the rule's own words and samples
  'no-promise-comment': ['tooling/checks/src/'],
};

// a test hands its own environment on to the processes that it starts
const mayReadEnv = (path: string): boolean => /(?:^|\/)env\.ts$/u.test(path) || isTest(path);
const isEnvRead = (node: Node): boolean => ['process.env', 'globalThis.process.env', 'import.meta.env'].includes(dotted(node) ?? '');
const skippers = /^(?:(?:it|test|describe|suite|bench)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)(?:\.\w+)*|x(?:it|test|describe)|f(?:it|describe))$/u;
/** `return` at a missing server or browser skips as quietly as `skip` does. */
const contextSkip = /^(?:ctx|context|t|task)\.skip$/u;

function isSqlRaw(node: Node): boolean {
  if (node.type !== 'MemberExpression') return false;
  const name = dotted(node) ?? '';
  return name === 'sql.raw' || name.endsWith('.sql.raw');
}

function typeHole(node: Node): boolean {
  if (node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion') {
    return child(node, 'typeAnnotation')?.type === 'TSAnyKeyword';
  }
  return false;
}

function skips(node: Node, path: string): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = child(node, 'callee');
  const name = dotted(callee) ?? dotted(callee?.type === 'CallExpression' ? child(callee, 'callee') : undefined) ?? '';
  if (skippers.test(name) || (isTest(path) && contextSkip.test(name))) return true;
  const options = children(node, 'arguments').find((argument) => argument.type === 'ObjectExpression');
  if (options === undefined || !/^(?:it|test|describe)\b/u.test(name)) return false;
  return children(options, 'properties').some((property) => ['skip', 'only', 'todo'].includes(dotted(child(property, 'key')) ?? literal(child(property, 'key')) ?? ''));
}

const mocksShared = (node: Node, path: string): boolean =>
  /(?<!\.mocked)\.int\.test\.tsx?$/u.test(path) && node.type === 'CallExpression' && /^vi\.(?:mock|doMock)$/u.test(dotted(child(node, 'callee')) ?? '');

/** Banned code in one file. */
export function codeFaults(file: Source): Finding[] {
  const found: Finding[] = [];
  const add = (rule: Rule, offset: number, what: string): void => {
    if (!within(file.path, allowed[rule])) found.push({ rule, path: file.path, line: lineOf(file.text, offset), message: `${what}: ${reasons[rule]}` });
  };
  walk(file.program, (node, parent) => {
    if (node.type === 'MemberExpression' && isEnvRead(node) && !mayReadEnv(file.path)) add('env-in-one-place', node.start, 'process.env');
    if (node.type === 'ImportSpecifier' && dotted(child(node, 'imported')) === 'env' && literal(parent === undefined ? undefined : child(parent, 'source')) === 'node:process' && !mayReadEnv(file.path)) add('env-in-one-place', node.start, 'process.env');
    if (node.type === 'MemberExpression' && /^(?:(?:window|globalThis|self)\.)?crypto\.randomUUID$/u.test(dotted(node) ?? '') && /^(?:apps\/(?:admin|member)|packages\/ui)\//u.test(file.path)) add('ids-on-both-sides', node.start, 'crypto.randomUUID');
    if (isSqlRaw(node)) add('no-raw-sql', node.start, 'sql.raw');
    if (typeHole(node)) add('no-type-hole', node.start, 'as any');
    if (mocksShared(node, file.path)) add('mock-apart', node.start, 'vi.mock');
    if (skips(node, file.path)) add('no-skipped-test', node.start, 'skipped test');
  });
  for (const comment of file.comments) {
    if (/^\s*@ts-(?:ignore|nocheck|expect-error)\b/u.test(comment.value.replace(/^\*/u, ''))) add('no-type-hole', comment.start, 'compiler directive');
    if (/\b(?:TODO|FIXME|XXX|HACK)\b/u.test(comment.value)) add('no-promise-comment', comment.start, 'promise in a comment');
  }
  return withEscapes(file, found);
}
