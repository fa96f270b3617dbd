import { child, isTest, lineOf, literal, quasis, walk, withEscapes, type Finding, type Node, type Source } from './source';

/**
 * Why: a word typed into a screen stays English in four languages. Every word a person sees or hears comes from the
 * messages; `packages/ui` gets its words as props.
 */
const rule = 'leftover-text';

/** Attributes that a person sees or that a screen reader speaks. */
const spoken = /^(?:title|alt|placeholder|label|description|hint|help|caption|heading|message|error|summary|text|empty|aria-(?:label|description|placeholder|roledescription|valuetext))$/u;
/** Proper names, and what is printed on a keyboard. */
const names = /^(?:Interdomestik|Paddle|PDF|CSV|QR|Ctrl|Alt|Shift|Esc|Enter|Tab)$/u;

/** Whether text holds a word of a language: two letters in a row that are not a name. */
function hasWord(text: string): boolean {
  return text
    .replace(/&[a-z]+;/gu, ' ')
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => word.length > 1 && !names.test(word));
}

function textIn(node: Node): string | undefined {
  const plain = literal(node);
  if (plain !== undefined) return plain;
  if (node.type === 'TemplateLiteral') return quasis(node).join(' ');
  return undefined;
}

/** Literal words that would be shown by one expression: both sides of a choice, every part of a sum. */
function shown(node: Node | undefined): Node[] {
  if (node === undefined) return [];
  if (node.type === 'JSXExpressionContainer' || node.type === 'ParenthesizedExpression') return shown(child(node, 'expression'));
  if (node.type === 'ConditionalExpression') return [...shown(child(node, 'consequent')), ...shown(child(node, 'alternate'))];
  if (node.type === 'LogicalExpression') return shown(child(node, 'right'));
  if (node.type === 'BinaryExpression' && node['operator'] === '+') return [...shown(child(node, 'left')), ...shown(child(node, 'right'))];
  return textIn(node) === undefined ? [] : [node];
}

/** Words typed into the screens of one file. */
export function textFaults(file: Source): Finding[] {
  if (!file.path.endsWith('.tsx') || isTest(file.path) || file.path.includes('/gallery/')) return [];
  if (!/^(?:apps|packages\/ui)\//u.test(file.path)) return [];
  const found: Finding[] = [];
  const add = (node: Node, text: string): void => {
    if (hasWord(text)) found.push({ rule, path: file.path, line: lineOf(file.text, node.start), message: `"${text.trim().slice(0, 50)}" is not from the messages` });
  };
  walk(file.program, (node, parent) => {
    if (node.type === 'JSXText') add(node, String(node['value']));
    const inside = parent?.type === 'JSXElement' || parent?.type === 'JSXFragment';
    if (node.type === 'JSXExpressionContainer' && inside) for (const part of shown(node)) add(part, textIn(part) ?? '');
    if (node.type === 'JSXAttribute') {
      const name = child(node, 'name');
      const attribute = name?.type === 'JSXIdentifier' ? String(name['name']) : '';
      if (spoken.test(attribute)) for (const part of shown(child(node, 'value'))) add(part, textIn(part) ?? '');
    }
  });
  return withEscapes(file, found);
}
