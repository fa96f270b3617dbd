'use client';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../../_parts/use-formats';
import { useWord } from '../../../_parts/use-word';
import type { Result, TrialRecord } from './shared';
import { useReason } from './use-reason';

/** A record in one line: what it is, and the first thing that the draft makes different. */
export function useSummary({ plans }: Pick<Result, 'plans'>): (record: TrialRecord) => string {
  const t = useTranslations('simulation');
  const formats = useFormats();
  const word = useWord();
  const reasonOf = useReason();
  const route = (code: string | null | undefined) => code ?? t('noRoute');
  return ({ before, after }) => {
    const [blocked] = after.blocked ?? [];
    if (blocked !== undefined) return `${word('statuses.claim', blocked.from)} → ${word('statuses.claim', blocked.to)}: ${blocked.reason === null ? '' : reasonOf(blocked.reason)}`;
    const reason = after.reason ?? null;
    const plan = before.planCode === undefined ? null : (plans.find(({ code }) => code === before.planCode)?.title ?? before.planCode);
    if (plan !== null) {
      const rate = before.rateBp !== undefined && after.rateBp !== undefined && before.rateBp !== after.rateBp ? t('fromTo', { before: formats.percent(before.rateBp), after: formats.percent(after.rateBp) }) : null;
      return [plan, before.on === undefined ? null : formats.day(before.on), rate, reason === null ? null : reasonOf(reason)].filter((part) => part !== null).join(' · ');
    }
    const parts = [word('claimCategories', before.category ?? '')];
    if (before.routeCode !== after.routeCode || before.priority !== after.priority) parts.push(t('fromTo', { before: route(before.routeCode), after: route(after.routeCode) }));
    const shift = before.deadlines?.find(({ due }, index) => due !== (after.deadlines?.[index]?.due ?? null));
    const moved = after.deadlines?.[before.deadlines?.indexOf(shift ?? { state: '', since: '', left: null, due: null }) ?? -1];
    if (shift !== undefined) {
      const at = (due: string | null | undefined) => (due === null || due === undefined ? t('noDue') : formats.moment(new Date(due)));
      parts.push(`${word('statuses.claim', shift.state)}: ${t('fromTo', { before: at(shift.due), after: at(moved?.due) })}`);
    }
    return parts.join(' · ');
  };
}
