import { child, children, lineOf, literal, nameOf, walk, withEscapes, type Finding, type Source } from './source';

/** Why: one layer a package. Who may import whom is the table of docs/architecture; a package cycle or a shortcut ends it. */
const rule = 'import-table';
const scope = '@interdomestik/';

interface Allowed {
  /** Packages of ours that may be imported. */
  ours: readonly string[];
  /** Other packages that may never be. */
  never?: readonly string[];
  /** When given, the only other packages that may be imported (besides what tests need). */
  only?: readonly string[];
}

const vendors = ['@paddle/paddle-node-sdk', 'uploadthing/server', 'nodemailer', 'pg', 'pg-boss', 'jspdf', 'jspdf-autotable', 'papaparse', 'pino', '@neondatabase/serverless'];
const web = ['next', 'react', 'react-dom', 'next-auth', 'next-intl'];
const app: Allowed = { ours: ['rules', 'api', 'auth', 'i18n', 'ui'], never: ['drizzle-orm', 'drizzle-kit', ...vendors] };

/** The table. A package that is not in it may import nothing of ours. */
export const table: Record<string, Allowed> = {
  'packages/rules': { ours: [], only: ['zod', 'json-logic-engine', 'libphonenumber-js', 'date-holidays', 'uuid'] },
  'packages/i18n': { ours: ['rules'], never: [...web, 'drizzle-orm', '@trpc/server', ...vendors] },
  'packages/ui': { ours: [], never: ['next', 'next-auth', 'next-intl', 'use-intl', '@trpc/client', '@trpc/react-query', '@trpc/server', 'drizzle-orm', ...vendors] },
  'packages/db': { ours: ['rules'], never: [...web, '@trpc/server', 'pg-boss'] },
  'packages/auth': { ours: ['db', 'rules'], never: ['@trpc/server', 'next', 'react'] },
  'packages/api': { ours: ['db', 'rules', 'i18n'], never: web },
  'apps/member': app,
  'apps/admin': app,
  'apps/worker': { ours: ['api'], never: ['drizzle-orm', ...web, ...vendors] },
  'tooling/simulators': { ours: [] },
  'tooling/up': { ours: ['db', 'rules', 'i18n', 'simulators', 'api', 'auth'] },
  'tooling/checks': { ours: ['db', 'i18n', 'rules'] },
  'tooling/e2e': { ours: ['db', 'i18n', 'rules', 'simulators', 'up'] },
  'tooling/bench': { ours: ['api', 'auth', 'db', 'rules', 'up'] },
};

/** A specifier with the place where it stands. */
export interface Import {
  specifier: string;
  offset: number;
  typeOnly: boolean;
}

/** Every specifier that a file imports, re-exports, requires or mocks. */
export function importsOf(file: Source): Import[] {
  const found: Import[] = [];
  walk(file.program, (node) => {
    const typeOnly = node['importKind'] === 'type' || node['exportKind'] === 'type';
    const calls = node.type === 'CallExpression' && nameOf(child(node, 'callee')) === 'require';
    const target = calls ? children(node, 'arguments')[0] : ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'].includes(node.type) ? child(node, 'source') : undefined;
    const specifier = literal(target);
    if (specifier !== undefined) found.push({ specifier, offset: node.start, typeOnly });
  });
  return found;
}

/** Name of the package in a specifier: `@trpc/server/adapters/fetch` gives `@trpc/server`. */
export function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

const workspaceOf = (path: string): string => path.split('/').slice(0, 2).join('/');

function resolved(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const names = (pattern: string, specifier: string): boolean => specifier === pattern || specifier.startsWith(`${pattern}/`);

/** Finds one thing wrong with an import, or nothing. */
function fault(path: string, { specifier, typeOnly }: Import, declared: ReadonlySet<string>): string | undefined {
  const workspace = workspaceOf(path);
  const allowed = table[workspace];
  const layer = /^packages\/api\/src\/([\w-]+)\/(\w[\w-]*)/u.exec(path);
  if (specifier.startsWith('.')) {
    const target = resolved(path, specifier);
    if (workspaceOf(target) !== workspace) return `reaches into ${workspaceOf(target)} by path; import the package instead`;
    const other = /^packages\/api\/src\/([\w-]+)\/router$/u.exec(target);
    if (layer !== null && other !== null && layer[1] !== 'testing') return `${layer[1] ?? ''} imports the router of ${other[1] ?? ''}; only root.ts gathers routers, nouns call each other's services`;
    return undefined;
  }
  if (allowed === undefined) return specifier.startsWith(scope) ? `${workspace} is not in the import table` : undefined;
  if (specifier.startsWith(scope)) {
    const name = packageOf(specifier).slice(scope.length);
    if (name !== workspace.split('/')[1] && !allowed.ours.includes(name)) return `${workspace} may not import ${scope}${name}`;
  }
  const banned = allowed.never?.find((pattern) => names(pattern, specifier));
  // apps share the upload route's and the router's types with their clients; a type brings no server code along
  if (banned !== undefined && !typeOnly) return `${workspace} may not import ${banned}`;
  if (layer?.[2]?.startsWith('service') === true && names('@trpc/server', specifier)) return 'a service knows no transport: throw a DomainError instead of importing @trpc/server';
  const test = /\.test\.tsx?$/u.test(path);
  const builtin = specifier.startsWith('node:');
  if (allowed.only !== undefined && !test && !builtin && !specifier.startsWith(scope) && !allowed.only.includes(packageOf(specifier))) return `${workspace} imports small pure libraries only, not ${packageOf(specifier)}`;
  if (workspace === 'packages/rules' && builtin && !test) return 'rules are pure: no IO, so no node: module';
  if (!builtin && !specifier.startsWith(workspace === 'apps/member' ? '~/' : '@/') && !specifier.startsWith('virtual:') && !declared.has(packageOf(specifier))) return `${packageOf(specifier)} is not a dependency of ${workspace}`;
  return undefined;
}

/** Breaches of the import table in one file. `declared` are the dependencies that its package.json and the root's name. */
export function importFaults(file: Source, declared: ReadonlySet<string>): Finding[] {
  const found = importsOf(file).flatMap((one): Finding[] => {
    const message = fault(file.path, one, declared);
    return message === undefined ? [] : [{ rule, path: file.path, line: lineOf(file.text, one.offset), message }];
  });
  return withEscapes(file, found);
}
