import { countryPacks, isLocale } from '@interdomestik/rules';
import { child, dotted, isTest, lineOf, literal, quasis, walk, withEscapes, within, type Finding, type Node, type Source } from './source';

/**
 * Why: a third country must be a new country pack, not a search through the code. So a tenant, a country, a time zone, a price or a
 * percentage is data of a pack, of the seed or of a tenant's own rules, and the code asks the rules.
 */
const rule = 'country-facts';

/** Where country facts live, and where samples of them may stand. */
const allowed: readonly string[] = [
  'packages/rules/src/country-packs/',
  'packages/db/src/seed/',
  // a flag is drawn where we know it, and is the code's letters for every other country
  'packages/ui/src/display/flag.tsx',
  // samples of the design page
  'packages/ui/src/gallery/',
  'packages/db/src/testing/',
  'packages/api/src/testing/',
  // the backfill of the plan's own step: rows from before there were tenants belong to the first one
  'packages/db/migrations/',
  // imitates a provider, which knows countries of its own
  'tooling/simulators/',
  'tooling/e2e/',
  'tooling/bench/',
  'tooling/checks/src/',
];

const { tenants, slugs, codes } = {
  tenants: countryPacks.map(({ tenant }) => tenant.id),
  slugs: countryPacks.map(({ tenant }) => tenant.slug),
  codes: new Set(countryPacks.map((pack) => pack.country.code)),
};
const zones: ReadonlySet<string> = new Set(countryPacks.map(({ zone }) => zone));
const tenantId = new RegExp(`\\b(?:${tenants.join('|')})\\b`, 'u');
const country = new RegExp(`^(?:${[...codes, ...slugs, ...slugs.map((slug) => slug.toUpperCase())].join('|')})$`, 'u');
const comparisons = new Set(['===', '!==', '==', '!=']);
const subject = /(?:country|tenant|slug)/iu;

/** Whether a literal is what `country` or `tenant` is compared with, or a case of a switch over it. */
function branches(node: Node, parent: Node | undefined): boolean {
  const value = literal(node);
  if (value === undefined || !country.test(value) || parent === undefined) return false;
  if (parent.type === 'BinaryExpression' && comparisons.has(String(parent['operator']))) {
    const other = child(parent, 'left') === node ? child(parent, 'right') : child(parent, 'left');
    // `mk` is a language too: only a comparison with something of a country counts
    return /^[A-Z]/u.test(value) || subject.test(dotted(other) ?? '');
  }
  return parent.type === 'SwitchCase' && /^[A-Z]/u.test(value);
}

const money = /(?:^|[a-z])(?:[Pp]rice|[Pp]ercent|[Bb]asisPoints|[Rr]ateBp|[Vv]atRate|[Ff]ee|[Cc]ommission)(?:Minor|Bp|Percent|Cents|Eur)?$/u;

/** The whole, in percent and in basis points. */
const wholes = new Set([100, 10_000]);

/** Whether a number is written down as a price or a percentage. 0 and 1 are no facts of a country. */
function pricesIn(node: Node): Node | undefined {
  const [key, value] = node.type === 'Property' ? [child(node, 'key'), child(node, 'value')] : node.type === 'VariableDeclarator' ? [child(node, 'id'), child(node, 'init')] : [undefined, undefined];
  const name = dotted(key) ?? literal(key);
  if (name === undefined || value?.type !== 'Literal' || !money.test(name)) return undefined;
  const number = typeof value['bigint'] === 'string' ? Number(value['bigint']) : value['value'];
  return typeof number === 'number' && number > 1 && !wholes.has(number) ? value : undefined;
}

/** Country facts outside the packs and seeds, in one file. */
export function countryFaults(file: Source): Finding[] {
  if (isTest(file.path) || within(file.path, allowed) || !/^(?:apps|packages|tooling)\//u.test(file.path)) return [];
  const found: Finding[] = [];
  const add = (node: Node, message: string): void => {
    found.push({ rule, path: file.path, line: lineOf(file.text, node.start), message });
  };
  walk(file.program, (node, parent) => {
    const texts = node.type === 'TemplateLiteral' ? quasis(node) : [literal(node) ?? ''];
    if (texts.some((text) => tenantId.test(text))) add(node, 'a tenant id; take it from the scope or the country pack');
    else if (texts.some((text) => zones.has(text))) add(node, 'a time zone of a country; take it from the scope or the country pack');
    else if (branches(node, parent)) add(node, 'a branch by country; make it a rule or a fact of the country pack');
    else if (codes.has(literal(node) ?? '')) add(node, 'a country code; take it from the country pack');
    else if (slugs.some((slug) => slug === literal(node) && !isLocale(slug))) add(node, 'a host of a tenant; take it from the scope or the country pack');
    const price = pricesIn(node);
    if (price !== undefined) add(price, 'a price or a percentage; it belongs to a published rule');
  });
  return withEscapes(file, found);
}
