import { canonicalJson, findAt, inForceAt, isEmptyPatch, notFound, readOver, readRule, ruleToJson, type RuleKind } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { assertBranch, valuesOf, versionsOf, viewOf, type Person, type VersionRow } from './versions';

export interface Why {
  readonly value: unknown;
  /** Which layer says so: the branch's own rule, the tenant's, or the country pack that the tenant began with. */
  readonly source: 'branch' | 'tenant' | 'pack';
  /** The version that brought the value as it is now. */
  readonly version: number;
  readonly since: Date;
  readonly author: Person | null;
  readonly note: string;
}

/** Versions are read back a few at a time: most values changed lately or never. */
const perRead = 20;

/** Versions that have acted, the one in force first. */
function actedUntil(versions: readonly VersionRow[], now: Date): VersionRow[] {
  const current = inForceAt(versions, now);
  return current === undefined ? [] : versions.filter(({ status, version }) => status === 'published' && version <= current.version);
}

/** The oldest version since which `valueIn` has told the same without a break. */
async function sinceWhen(tx: Tx, scope: TenantScope, acted: readonly VersionRow[], valueIn: (stored: unknown) => unknown): Promise<VersionRow | undefined> {
  let found: VersionRow | undefined;
  let told: string | undefined;
  for (let from = 0; from < acted.length; from += perRead) {
    const some = acted.slice(from, from + perRead);
    const values = await valuesOf(tx, scope, some.map(({ id }) => id));
    for (const row of some) {
      const here = canonicalJson(valueIn(values.get(row.id)));
      told ??= here;
      if (here !== told) return found;
      found = row;
    }
  }
  return found;
}

/** What a merge patch says about a place: the value itself, or that of whatever it replaces around it; undefined when it is silent. */
function saidBy(patch: unknown, path: readonly string[]): unknown {
  let here = patch;
  for (const name of path) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return here;
    if (!Object.hasOwn(here, name)) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[name];
  }
  return isEmptyPatch(here) ? undefined : here;
}

/**
 * Why a rule says at one place what it says: which layer gives the value, since which version, by whom and with which note. `path` is dotted; entries of
 * lists by name or number. Throws NOT_FOUND for a place that the document has not.
 */
export async function whyValue(scope: TenantScope, input: { readonly kind: RuleKind; readonly path: string; readonly branchId: string | null }, now: Date): Promise<Why> {
  const { kind, branchId } = input;
  return await withTenant(actAsTenant(scope, 'settings.why'), async (tx) => {
    await assertBranch(tx, scope, kind, branchId);
    const tenant = await versionsOf(tx, scope, kind, null);
    const acted = actedUntil(tenant, now);
    const own = branchId === null ? [] : await versionsOf(tx, scope, kind, branchId);
    const ownActed = actedUntil(own, now);
    const [current, override] = [acted[0], ownActed[0]];
    const values = await valuesOf(tx, scope, [current?.id, override?.id].filter((id) => id !== undefined));
    const base = values.get(current?.id ?? '');
    const patch = override === undefined ? undefined : values.get(override.id);
    const whole = patch === undefined ? readRule(kind, base) : readOver(kind, base, patch);
    const place = whole.ok ? findAt(ruleToJson(whole.value), input.path) : undefined;
    if (place === undefined) throw notFound();
    const told = async (row: VersionRow | undefined, siblings: readonly VersionRow[], source: Why['source']): Promise<Why> => {
      if (row === undefined) throw notFound();
      const { version, effectiveFrom, createdAt, createdBy, note } = await viewOf(tx, scope, row, siblings, now);
      return { value: place.value, source, version, since: effectiveFrom ?? createdAt, author: createdBy, note };
    };
    if (patch !== undefined && saidBy(patch, place.path) !== undefined) {
      return await told(await sinceWhen(tx, scope, ownActed, (stored) => saidBy(stored, place.path)), own, 'branch');
    }
    const row = await sinceWhen(tx, scope, acted, (stored) => {
      const reading = readRule(kind, stored);
      return reading.ok ? findAt(ruleToJson(reading.value), place.path.join('.'))?.value : undefined;
    });
    return await told(row, tenant, row?.version === 1 && row.publishedBy === null ? 'pack' : 'tenant');
  });
}
