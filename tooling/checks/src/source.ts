import { parseSync } from 'vite';

/** A node of the syntax tree, as far as the checks look into it. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** A parsed file. */
export interface Source {
  path: string;
  text: string;
  program: Node;
  comments: readonly { value: string; start: number; end: number }[];
}

/** A broken rule at one place. */
export interface Finding {
  rule: string;
  path: string;
  line: number;
  message: string;
}

/** Parses a file; throws with its path when the text is not valid TypeScript. */
export function source(path: string, text: string): Source {
  const result = parseSync(path, text);
  const error = result.errors.find(({ severity }) => severity === 'Error');
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  return { path, text, program: result.program as unknown as Node, comments: result.comments };
}

/** Whether a value of a tree is a node. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** The node below a key; undefined when the key holds anything else. */
export function child(node: Node, key: string): Node | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

/** The nodes of a list below a key. */
export function children(node: Node, key: string): Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Text of a string literal, or of a template without holes. */
export function literal(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateLiteral' || children(node, 'expressions').length > 0) return undefined;
  return quasis(node)[0];
}

/** The fixed parts of a template. */
export function quasis(node: Node): string[] {
  return children(node, 'quasis').map((part) => (part['value'] as { cooked?: string }).cooked ?? '');
}

/** Name of an identifier. */
export function nameOf(node: Node | undefined): string | undefined {
  return node?.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : undefined;
}

/** `a.b.c` of a chain of members; undefined when anything else takes part in it. */
export function dotted(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'ChainExpression' || node.type === 'TSNonNullExpression') return dotted(child(node, 'expression'));
  if (node.type === 'MetaProperty') return 'import.meta';
  if (node.type !== 'MemberExpression') return nameOf(node);
  const object = dotted(child(node, 'object'));
  const property = child(node, 'property');
  const name = node['computed'] === true ? literal(property) : nameOf(property);
  return object === undefined || name === undefined ? undefined : `${object}.${name}`;
}

/** Visits every node, parents first. `leave` is called after a node's children. */
export function walk(root: Node, enter: (node: Node, parent: Node | undefined) => void, leave?: (node: Node) => void): void {
  const visit = (node: Node, parent: Node | undefined): void => {
    enter(node, parent);
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) {
        for (const item of value) if (isNode(item)) visit(item, node);
      } else if (isNode(value)) visit(value, node);
    }
    leave?.(node);
  };
  visit(root, undefined);
}

/** Line number, from 1, of an offset. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line += 1;
  return line;
}

/** Whether a path is a test, whose samples may hold what the product must not. */
export const isTest = (path: string): boolean => /\.(?:test|spec)\.tsx?$/u.test(path) || /\/(?:testing|fixtures)\/|\/(?:testing|samples|fixtures)\.tsx?$/u.test(path);

/** Whether a path matches one of the patterns: a folder ends with `/`, everything else is a whole path. */
export const within = (path: string, patterns: readonly string[]): boolean => patterns.some((pattern) => (pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern));

/**
 * A rule's named escape is a comment on the line of the finding or the one above it: `check-allow <rule>: <reason>`.
 * Returns what is left: findings without an escape, and escapes without a reason.
 */
export function withEscapes(file: Source, findings: readonly Finding[]): Finding[] {
  const escapes = file.comments.flatMap((comment) => {
    const match = /check-allow\s+([\w-]+)(?::\s*(\S.*))?/u.exec(comment.value);
    if (match === null) return [];
    return [{ rule: match[1], reason: match[2], line: lineOf(file.text, comment.end) }];
  });
  return findings.flatMap((finding) => {
    const escape = escapes.find(({ rule, line }) => rule === finding.rule && (line === finding.line || line === finding.line - 1));
    if (escape === undefined) return [finding];
    return escape.reason === undefined ? [{ ...finding, message: `the escape needs a reason: check-allow ${finding.rule}: <why>` }] : [];
  });
}

/** The findings as a list that a person can click through; '' when there are none, which is what a check expects. */
export function report(findings: readonly Finding[]): string {
  return findings.map(({ path, line, rule, message }) => `${path}:${line}  ${message}  [${rule}]`).join('\n');
}
