'use client';
import { KeyValue, SidePanel, Status, TextLink, type KeyValueItem } from '@interdomestik/ui';
import { isCurrency, money } from '@interdomestik/rules/money';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useFormats } from '../../../_parts/use-formats';
import { useWord } from '../../../_parts/use-word';
import type { Result, TrialRecord } from './shared';
import { useReason } from './use-reason';

interface Line {
  readonly label: string;
  readonly before: ReactNode;
  readonly after: ReactNode;
}

/** Both sides beside each other; what differs is strong. */
function SideBySide({ lines }: { lines: readonly Line[] }) {
  const t = useTranslations('simulation');
  return (
    <table className="w-full text-left">
      <thead className="text-note text-ink-muted">
        <tr><td /><th scope="col" className="py-1 pe-4 text-right font-normal">{t('before')}</th><th scope="col" className="py-1 text-right font-normal">{t('after')}</th></tr>
      </thead>
      <tbody>
        {lines.map(({ label, before, after }) => (
          <tr key={label} className="border-t align-top">
            <th scope="row" className="py-2 pe-4 font-normal text-ink-muted">{label}</th>
            <td className="figures py-2 pe-4 text-right">{before}</td>
            <td className={`figures py-2 text-right ${before === after ? '' : 'font-semibold'}`}>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useLines(record: TrialRecord): Line[] {
  const t = useTranslations('simulation');
  const formats = useFormats();
  const word = useWord();
  const { before, after, currency, beforeMinor, afterMinor, entity } = record;
  const sum = (minor: bigint | null | undefined) => (minor === null || minor === undefined || currency === null || !isCurrency(currency) ? '–' : formats.money(money(minor, currency)));
  if (currency !== null) {
    if (entity === 'claim') return [{ label: t('fee'), before: sum(beforeMinor), after: sum(afterMinor) }];
    const gross = (side: TrialRecord['before']) => (side.net === undefined || side.vat === undefined ? t('notSold') : sum(side.net + side.vat));
    const rate = (side: TrialRecord['before']) => (side.rateBp === undefined ? '–' : formats.percent(side.rateBp));
    return [
      { label: t('gross'), before: gross(before), after: gross(after) }, { label: t('net'), before: sum(before.net), after: sum(after.net) },
      { label: rate(before) === rate(after) ? t('rate_vat', { rate: rate(before) }) : t('vat'), before: sum(before.vat), after: sum(after.vat) },
    ];
  }
  // i18n-keys: simulation.priorities.*
  const priority = (side: TrialRecord['before']) => (side.priority === 'urgent' ? t('priorities.urgent') : t('priorities.normal'));
  const missing = (side: TrialRecord['before']) => (side.missing === undefined || side.missing.length === 0 ? t('nothingMissing') : side.missing.map((kind) => word('documentKinds', kind)).join(', '));
  const due = (at: string | null | undefined) => (at === null || at === undefined ? t('noDue') : formats.moment(new Date(at)));
  return [
    { label: t('routeName'), before: before.routeCode ?? t('noRoute'), after: after.routeCode ?? t('noRoute') },
    { label: t('priority'), before: priority(before), after: priority(after) },
    { label: t('missing'), before: missing(before), after: missing(after) },
    ...(before.deadlines ?? []).map(({ state, since, due: was }, index) => ({ label: `${t('dueIn', { state: word('statuses.claim', state) })} (${formats.dayOf(new Date(since))})`, before: due(was), after: due(after.deadlines?.[index]?.due) })),
  ];
}

/** One record of a simulation: what it really was, both rules side by side, the reasons, and the way to the record itself. */
export function RecordPanel({ record, title, summary, result, onClose }: { record: TrialRecord; title: string; summary: string; result: Result; onClose: () => void }) {
  const t = useTranslations('simulation');
  const formats = useFormats();
  const word = useWord();
  const reasonOf = useReason();
  const lines = useLines(record);
  const { before, after, currency, member, entity, entityId } = record;
  const sum = (minor: bigint) => (currency === null || !isCurrency(currency) ? '–' : formats.money(money(minor, currency)));
  const facts: KeyValueItem[] = [
    ...(before.planCode === undefined ? [] : [{ label: t('plan'), value: result.plans.find(({ code }) => code === before.planCode)?.title ?? before.planCode }]),
    ...(before.on === undefined ? [] : [{ label: t('soldOn'), value: formats.day(before.on) }]),
    ...(before.people === undefined ? [] : [{ label: t('people'), value: formats.count(before.people) }]),
    ...(before.recovered === undefined ? [] : [{ label: t('recovered'), value: sum(before.recovered) }]),
    ...(before.billed === undefined ? [] : [{ label: t('reallyBilled'), value: sum(before.billed) }]),
  ];
  const reasons = [
    ...(after.reason === null || after.reason === undefined ? [] : [reasonOf(after.reason)]),
    ...(after.blocked ?? []).map(({ from, to, at, reason }) => `${t('stepOn', { from: word('statuses.claim', from), to: word('statuses.claim', to), when: formats.moment(new Date(at)) })}: ${reason === null ? '' : reasonOf(reason)}`),
  ];
  return (
    <SidePanel open onOpenChange={onClose} title={title} meta={before.late !== after.late && after.late === true ? <Status tone="warning" shape="warning">{t('isLate')}</Status> : undefined}>
      <p className="text-ink-muted">{summary}</p>
      {facts.length === 0 ? null : <div className="mt-4"><KeyValue items={facts} /></div>}
      <div className="mt-6"><SideBySide lines={lines} /></div>
      {reasons.length === 0 ? null : <><h3 className="mt-6 font-semibold">{t('why')}</h3><ul className="mt-1 list-disc space-y-1 ps-5">{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul></>}
      <p className="mt-6">
        {entity === 'claim' && record.claimCode !== null ? <TextLink href={`/claims?open=${entityId}`}>{t('openClaim')}</TextLink> : null}
        {entity === 'membership' && member !== null ? <TextLink href={`/members/${member.id}`}>{t('openMember')}</TextLink> : null}
      </p>
    </SidePanel>
  );
}
