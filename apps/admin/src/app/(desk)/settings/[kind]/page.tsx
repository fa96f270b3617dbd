import { branchRuleParts, readRule, ruleKindSchema, type RuleKind } from '@interdomestik/rules/rule-sets';
import { Badge, ButtonLink, Notice, TextLink } from '@interdomestik/ui';
import { ArrowLeft, Pencil } from '@interdomestik/ui/icons';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer, type Viewer } from '@/server/viewer';
import { formatsOf } from '../../../_parts/formats';
import { idOf, readQuery, type Query } from '../../../_parts/query';
import { editors } from '../_editors';
import { RuleView } from '../_kinds/rule-view';
import { beginOf } from '../_life/begin';
import { choicesOf } from '../_life/choices';
import { DifferenceList } from '../_life/difference-list';
import { DraftDesk } from '../_life/draft-desk';
import { History } from '../_life/history';
import { ScopeChoice } from '../_life/scope-choice';
import { Coming } from '../_life/standing';
import type { KindAnswer, Version } from '../_life/types';
import { ruleHref } from '../_life/urls';
import { VersionState } from '../_life/version-state';

interface Place {
  readonly me: Viewer;
  readonly kind: RuleKind;
  readonly branchId: string | null;
  readonly answer: KindAnswer;
}

/** One rule: what is in force and its history, one version of it (`?version=3`), or its draft (`?draft=1`); for the country or a branch (`?branch=`). */
export default async function KindPage({ params, searchParams }: { params: Promise<{ kind: string }>; searchParams: Query }) {
  const me = await viewer('settings.read');
  const kind = ruleKindSchema.safeParse((await params).kind);
  if (!kind.success) notFound();
  const query = await readQuery(searchParams);
  const branchId = idOf(query('branch')) ?? null;
  const answer = await needed((await caller()).settings.kind({ kind: kind.data, branchId }));
  const place: Place = { me, kind: kind.data, branchId, answer };
  const number = query('version');
  const version = number === undefined ? undefined : answer.versions.find((one) => String(one.version) === number);
  if (number !== undefined && version === undefined) notFound();
  const c = await getTranslations('common.ruleKinds');
  return (
    <>
      {/* i18n-keys: common.ruleKinds.* */}
      <h2 className="mb-3 text-lg">{c(kind.data)}</h2>
      {version !== undefined ? <OneVersion {...place} version={version} /> : query('draft') !== undefined && me.can('settings.write') && editors[kind.data] !== null ? <Draft {...place} /> : <InForce {...place} />}
    </>
  );
}

async function InForce({ me, kind, branchId, answer }: Place) {
  const [t, s] = await Promise.all([getTranslations('settings.rule'), getTranslations('admin.settings')]);
  const { inForce, versions, draft, needs } = answer;
  const mayWrite = me.can('settings.write') && editors[kind] !== null;
  const current = versions.find(({ state }) => state === 'in_force');
  const formats = formatsOf((await requestContext()).locale, me.tenant.timeZone);
  const source = inForce.source === 'branch' ? s('sources.branch') : inForce.source === 'tenant' ? s('sources.tenant') : s('sources.pack');
  const publisher = current?.publishedBy ?? null;
  const scheduled = versions.filter(({ state }) => state === 'scheduled').toSorted((a, b) => (a.effectiveFrom?.getTime() ?? 0) - (b.effectiveFrom?.getTime() ?? 0));
  return (
    <>
      {branchRuleParts[kind] === undefined || answer.branches.length === 0 ? null : <ScopeChoice kind={kind} branches={answer.branches} branchId={branchId} />}
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1"><Badge>{s('version', { version: inForce.version })}</Badge><span className="text-ink-muted">{source}</span></p>
          <p className="mt-1 text-note text-ink-muted">{publisher === null ? t('since', { moment: formats.moment(inForce.effectiveFrom) }) : t('sinceBy', { moment: formats.moment(inForce.effectiveFrom), name: publisher.name })}</p>
          {current === undefined || current.note === '' || current.version !== inForce.version ? null : <p className="mt-1 max-w-prose break-words">{current.note}</p>}
        </div>
        {mayWrite && draft === null ? <ButtonLink icon={<Pencil />} href={ruleHref(kind, { branchId, draft: true })}>{branchId === null ? t('change') : t('changeForBranch')}</ButtonLink> : null}
      </div>
      <Coming kind={kind} branchId={branchId} draft={draft} scheduled={scheduled} mayWrite={mayWrite} />
      <div className="mb-8"><RuleView kind={kind} value={inForce.value} timeZone={me.tenant.timeZone} /></div>
      <History versions={versions} inForce={inForce} needs={needs} mayWrite={mayWrite} />
    </>
  );
}

async function OneVersion({ me, kind, branchId, answer, version }: Place & { version: Version }) {
  const [t, s, page] = await Promise.all([getTranslations('settings.rule'), getTranslations('admin.settings'), needed((await caller()).settings.version({ id: version.id }))]);
  const formats = formatsOf((await requestContext()).locale, me.tenant.timeZone);
  const person = version.publishedBy ?? version.updatedBy ?? version.createdBy;
  const readable = readRule(kind, page.resolved).ok;
  return (
    <>
      <p className="mb-3"><TextLink kind="standalone" href={ruleHref(kind, { branchId })}><ArrowLeft aria-hidden="true" />{t('back')}</TextLink></p>
      <div className="mb-4">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1"><Badge>{s('version', { version: version.version })}</Badge><VersionState state={version.state} /></p>
        <p className="mt-1 text-note text-ink-muted">
          {version.effectiveFrom === null ? '' : t('since', { moment: formats.moment(version.effectiveFrom) })} {person === null ? '' : person.name}
        </p>
        {version.note === '' ? null : <p className="mt-1 max-w-prose break-words">{version.note}</p>}
      </div>
      {version.state === 'in_force' ? null : (
        <section className="mb-6">
          <h3 className="mb-2 text-section">{t('againstCurrent', { version: answer.inForce.version })}</h3>
          <div className="rounded-card border bg-raised px-4 py-2 sm:px-5"><DifferenceList kind={kind} before={answer.inForce.value} after={page.resolved} /></div>
        </section>
      )}
      {readable ? <RuleView kind={kind} value={page.resolved} timeZone={me.tenant.timeZone} /> : <Notice tone="warning">{t('unreadable')}</Notice>}
    </>
  );
}

async function Draft({ me, kind, branchId, answer }: Place) {
  const api = await caller();
  const { draft, inForce, branches } = answer;
  const [t, rules, country, page, all, { locale }] = await Promise.all([
    getTranslations('settings.rule'), needed(api.settings.rules()), branchId === null ? answer : needed(api.settings.kind({ kind, branchId: null })),
    draft === null ? null : needed(api.settings.version({ id: draft.id })), me.can('branches.read') ? needed(api.branches.list()) : [], requestContext(),
  ]);
  const choices = choicesOf(rules, { currency: me.tenant.currency, locale, branches: all.filter(({ isActive }) => isActive).map(({ id, code, name }) => ({ id, code, name })) });
  const start = page === null ? { version: null, value: beginOf(kind, branchId, answer, country.inForce.value), note: '', issues: [] } : { version: draft, value: page.resolved, note: page.note, issues: page.issues };
  return (
    <>
      <p className="mb-3"><TextLink kind="standalone" href={ruleHref(kind, { branchId })}><ArrowLeft aria-hidden="true" />{t('back')}</TextLink></p>
      <DraftDesk
        key={`${kind}/${branchId ?? ''}`} kind={kind} branch={branches.find(({ id }) => id === branchId) ?? null} start={start} inForce={inForce} newest={answer.newest?.version ?? null} tenantValue={country.inForce.value}
        parts={branchId === null ? null : (branchRuleParts[kind] ?? [])} needs={answer.needs} choices={choices} myId={me.id}
      />
    </>
  );
}
