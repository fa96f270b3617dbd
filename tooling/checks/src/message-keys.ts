import { child, children, dotted, isTest, lineOf, literal, nameOf, quasis, walk, type Node, type Source } from './source';

/** How one file asks for messages. */
export interface KeyUse {
  /** Full keys, or keys below an unknown area when the translator came in as an argument. */
  asked: { key: string; exact: boolean; line: number }[];
  /** Calls whose key is not fixed, with the fixed beginning of it. */
  dynamic: { prefix: string; line: number }[];
  /** Patterns of `// i18n-keys: common.status.*` comments. */
  declared: { pattern: string; line: number }[];
  /** Areas that the file's translators were made for. */
  areas: string[];
  /** Every string of the file: a key may be stored in a table and asked for elsewhere. */
  strings: { text: string; line: number }[];
}

const makers = /^(?:useTranslations|getTranslations|translator|createTranslator|useT|getT)$/u;
const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'Program']);
const forms = new Set(['rich', 'markup', 'has', 'raw']);

/** Area of a call that makes a translator: '' for all, undefined when the call makes none. */
function areaOf(node: Node | undefined): string | undefined {
  if (node?.type === 'AwaitExpression') return areaOf(child(node, 'argument'));
  if (node?.type === 'ParenthesizedExpression') return areaOf(child(node, 'expression'));
  if (node?.type !== 'CallExpression') return undefined;
  const maker = dotted(child(node, 'callee'))?.split('.').at(-1) ?? '';
  if (!makers.test(maker)) return undefined;
  const [first, second] = children(node, 'arguments');
  if (maker === 'translator') return literal(second) ?? '';
  if (first?.type === 'ObjectExpression') {
    const namespace = children(first, 'properties').find((property) => nameOf(child(property, 'key')) === 'namespace');
    return literal(namespace === undefined ? undefined : child(namespace, 'value')) ?? '';
  }
  return literal(first) ?? '';
}

/** What one declaration names: `const t = …`, or `const [t, c] = await Promise.all([…])` one by one. */
function namedBy(declarator: Node): (readonly [name: string, area: string])[] {
  const id = child(declarator, 'id');
  let init = child(declarator, 'init');
  if (init?.type === 'AwaitExpression') init = child(init, 'argument');
  const list = init?.type === 'CallExpression' && dotted(child(init, 'callee')) === 'Promise.all' ? children(init, 'arguments')[0] : init;
  const pairs = id?.type === 'ArrayPattern' && list?.type === 'ArrayExpression'
    ? children(id, 'elements').map((element, i) => [nameOf(element), areaOf(children(list, 'elements')[i])] as const)
    : [[nameOf(id), areaOf(child(declarator, 'init'))] as const];
  return pairs.flatMap(([name, area]) => (name === undefined || area === undefined ? [] : [[name, area] as const]));
}

/** Both sides of a choice between fixed keys; an empty list when a key is not fixed. */
function fixedKeys(node: Node | undefined): string[] {
  if (node?.type === 'ConditionalExpression') {
    const [left, right] = [fixedKeys(child(node, 'consequent')), fixedKeys(child(node, 'alternate'))];
    return left.length > 0 && right.length > 0 ? [...left, ...right] : [];
  }
  const key = literal(node);
  return key === undefined ? [] : [key];
}

const join = (area: string, key: string): string => (area === '' ? key : `${area}.${key}`);

/** Reads how a file asks for messages. */
export function keyUse(file: Source): KeyUse {
  const use: KeyUse = { asked: [], dynamic: [], declared: [], areas: [], strings: [] };
  const scopes: { node: Node; names: Map<string, string | undefined> }[] = [];
  const line = (node: { start: number }): number => lineOf(file.text, node.start);
  const lookUp = (name: string): { area: string | undefined } | undefined => {
    for (const { names } of scopes.toReversed()) if (names.has(name)) return { area: names.get(name) };
    return undefined;
  };
  const call = (node: Node): void => {
    const parts = dotted(child(node, 'callee'))?.split('.') ?? [];
    const direct = areaOf(child(node, 'callee'));
    const name = forms.has(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts;
    // a translator: made in this file, or handed in under its usual name
    const known = direct !== undefined ? { area: direct } : name.length === 1 ? lookUp(name[0] ?? '') : undefined;
    if (known === undefined && name.at(-1) !== 't') return;
    const area = known?.area;
    const [argument] = children(node, 'arguments');
    if (argument === undefined) return;
    const fixed = fixedKeys(argument);
    for (const key of fixed) use.asked.push({ key: join(area ?? '', key), exact: area !== undefined, line: line(node) });
    if (fixed.length === 0) {
      const prefix = argument.type === 'TemplateLiteral' ? (quasis(argument)[0] ?? '') : '';
      use.dynamic.push({ prefix: join(area ?? '', prefix), line: line(node) });
    }
  };
  walk(
    file.program,
    (node) => {
      if (functions.has(node.type)) {
        const names = new Map<string, string | undefined>();
        for (const parameter of children(node, 'params')) {
          // a parameter called t is a translator of an area that only the caller knows; it also hides an outer t
          if (nameOf(parameter) === 't') names.set('t', undefined);
          if (parameter.type === 'ObjectPattern' && children(parameter, 'properties').some((one) => nameOf(child(one, 'key')) === 't')) names.set('t', undefined);
        }
        scopes.push({ node, names });
      }
      if (node.type === 'VariableDeclarator') {
        for (const [name, area] of namedBy(node)) {
          scopes.at(-1)?.names.set(name, area);
          if (area !== '') use.areas.push(area);
        }
      }
      if (node.type === 'CallExpression') call(node);
      const text = literal(node);
      if (text !== undefined) use.strings.push({ text, line: line(node) });
    },
    (node) => {
      if (scopes.at(-1)?.node === node) scopes.pop();
    },
  );
  for (const comment of file.comments) {
    const match = /i18n-keys:\s*(.+)/u.exec(comment.value);
    for (const pattern of match?.[1]?.split(/[\s,]+/u) ?? []) if (pattern !== '' && pattern !== '*/') use.declared.push({ pattern, line: line(comment) });
  }
  return use;
}

/** Whether a file may ask for messages at all; tests use samples. */
export const asksForMessages = (file: Source): boolean => /^(?:apps|packages)\//u.test(file.path) && !isTest(file.path);
