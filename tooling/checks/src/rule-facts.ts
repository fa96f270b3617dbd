import { child, dotted, isTest, lineOf, literal, nameOf, walk, withEscapes, within, type Finding, type Node, type Source } from './source';

/**
 * Why: what a tenant may change without us must be nowhere in the code. An amount, a price, a rate or a share is a published rule (`packages/rules/src/rule-sets`
 * says its shape, a country pack its first value); a number beside money in a service or on a screen is a rule that nobody can change.
 */
const rule = 'rule-facts';

/** Where first values of rules live, and where samples of them may stand. */
const allowed: readonly string[] = [
  'packages/rules/src/country-packs/',
  'packages/rules/src/rule-sets/',
  'packages/db/src/seed/',
  'packages/db/src/testing/',
  'packages/db/migrations/',
  'packages/api/src/testing/',
  'packages/api/src/attacks/',
  'packages/ui/src/gallery/',
  'tooling/simulators/',
  'tooling/e2e/',
  'tooling/bench/',
  'tooling/checks/src/',
];

/** Names that hold money. */
const money = /(?:^|[a-z_])(?:[Mm]inor|[Mm]oney|[Pp]rice|[Aa]mount|[Ff]ees?|[Vv]at|[Tt]ax|[Gg]ross|[Cc]ommission|[Pp]ayout|[Dd]iscount|[Rr]eward|[Dd]eposit|[Mm]inimum(?:Fee|Payout))(?:Minor|Cents|Eur)?$/u;
/** Names that hold a share of something. */
const share = /(?:^|[a-z_])(?:[Pp]ercent(?:age)?|[Bb]asisPoints|[Bb]p|[Rr]ate)(?:Bp)?$/u;

/** The number that a literal is, also of text and big integers; undefined for anything else. */
function numberOf(node: Node | undefined): number | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'UnaryExpression' && node['operator'] === '-') return numberOf(child(node, 'argument'));
  if (node.type !== 'Literal') return undefined;
  if (typeof node['bigint'] === 'string') return Number(node['bigint']);
  const { value } = node as { value?: unknown };
  return typeof value === 'number' ? value : undefined;
}

/** What scales an amount, in minor units, percent or basis points, and is no fact of anybody: 0, 1, 10, 100, 1000 … and 2 for a half. */
const isScale = (value: number): boolean => value === 0 || value === 2 || /^10*$/u.test(String(Math.abs(value)));

const named = (node: Node | undefined): string => dotted(node)?.split('.').at(-1) ?? nameOf(node) ?? literal(node) ?? '';

/** The names that a value is given to, compared with or handed to, where it stands. */
function namesAround(node: Node, parent: Node | undefined): string[] {
  switch (parent?.type) {
    case 'Property':
    case 'PropertyDefinition': return [named(child(parent, 'key'))];
    case 'VariableDeclarator': return [named(child(parent, 'id'))];
    case 'AssignmentExpression': return [named(child(parent, 'left'))];
    case 'AssignmentPattern': return [named(child(parent, 'left'))];
    case 'CallExpression': return [named(child(parent, 'callee'))];
    case 'BinaryExpression': return ['left', 'right'].map((side) => child(parent, side)).filter((side) => side !== node).map(named);
    default: return [];
  }
}

/** Whether a product takes a share of something: `* 0.18`, `0.18 *`. */
function fraction(node: Node): boolean {
  if (node.type !== 'BinaryExpression' || node['operator'] !== '*') return false;
  return ['left', 'right'].some((side) => {
    const value = numberOf(child(node, side));
    return value !== undefined && value > 0 && value < 1 && value !== 0.5;
  });
}

/** Whether a quotient takes so many of a hundred: `* 18 / 100`, `* 1800n / 10_000n`. */
function ofHundred(node: Node): boolean {
  if (node.type !== 'BinaryExpression' || node['operator'] !== '/') return false;
  const whole = numberOf(child(node, 'right'));
  if (whole !== 100 && whole !== 10_000) return false;
  let left = child(node, 'left');
  if (left?.type === 'ParenthesizedExpression') left = child(left, 'expression');
  if (left?.type !== 'BinaryExpression' || left['operator'] !== '*') return false;
  return ['left', 'right'].some((side) => {
    const value = numberOf(child(left, side));
    return value !== undefined && !isScale(value);
  });
}

/** Rules written as numbers, in one file. */
export function ruleFaults(file: Source): Finding[] {
  if (isTest(file.path) || within(file.path, allowed) || !/^(?:apps|packages|tooling)\//u.test(file.path) || file.path.endsWith('.attack.ts')) return [];
  const found: Finding[] = [];
  const add = (node: Node, message: string): void => {
    found.push({ rule, path: file.path, line: lineOf(file.text, node.start), message });
  };
  walk(file.program, (node, parent) => {
    if (fraction(node) || ofHundred(node)) add(node, 'a share of an amount; take the rate from a published rule');
    const value = numberOf(node);
    const around = value === undefined && node.type !== 'Literal' ? [] : namesAround(node, parent);
    // a big integer is an amount as soon as something beside it is called like one
    if (value !== undefined && typeof node['bigint'] === 'string' && !isScale(value) && around.some((name) => money.test(name))) add(node, 'an amount; take it from a published rule');
    if (value !== undefined && typeof node['bigint'] !== 'string' && parent?.type === 'Property' && !isScale(value) && around.some((name) => /(?:^|[a-z_])[Mm]inor$/u.test(name) || share.test(name))) {
      add(node, 'a price or a percentage; take it from a published rule');
    }
    const text = literal(node);
    if (text !== undefined && /^\d+$/u.test(text) && !isScale(Number(text)) && around.some((name) => /(?:^|[a-z_])[Mm]inor$/u.test(name))) add(node, 'an amount; take it from a published rule');
  });
  return withEscapes(file, found);
}

/** For the proof that the list of places is no hole: every folder of it exists. */
export const ruleFactsAllowed = allowed;
