'use client';
import { addDays, formatInstant, instantOf, todayIn, weekdayOf, type DateOnly, isDateOnly } from '@interdomestik/rules/periods';
import { Card, DateInput, Field, Input, TypedInput } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { useSay } from '../../_kinds/use-say';
import type { StoredRule } from '../editor';
import { clockText, readClock } from './days';

type Calendar = StoredRule<'workflows'>['calendar'];

/** The coming Friday: where a week-end lies between, a calendar shows what it does. */
function nextFriday(zone: string): DateOnly {
  const today = todayIn(zone, new Date());
  return addDays(today, (5 - weekdayOf(today) + 7) % 7);
}

/** "A claim complete on … is due on …", by the calendar as it stands now; null while it cannot be read. */
export function TryLine({ calendar, hours: usual }: { calendar: Calendar | null; hours: number }) {
  const t = useTranslations('editors.calendar');
  const say = useSay();
  const errorText = useErrorText();
  const zone = calendar?.zone ?? 'UTC';
  const [date, setDate] = useState<string | null>(() => nextFriday(zone));
  const [minutes, setMinutes] = useState(15 * 60 + 10);
  const [typed, setTyped] = useState<string | null>(null);
  const hours = Number(typed ?? usual);
  const from = date !== null && isDateOnly(date) ? instantOf(date, zone, minutes).getTime() : null;
  const asked = calendar === null || from === null || !Number.isInteger(hours) || hours < 1 || hours > 5000 ? null : JSON.stringify({ calendar, hours, from });
  const { mutate, data, error, isPending } = trpc.settings.tryCalendar.useMutation({ meta: { quiet: true } });
  useEffect(() => {
    if (asked === null) return undefined;
    const timer = setTimeout(() => {
      const { calendar: draft, hours: budget, from: start } = JSON.parse(asked) as { calendar: Calendar; hours: number; from: number };
      mutate({ calendar: draft, hours: budget, from: new Date(start) });
    }, 250);
    return () => clearTimeout(timer);
  }, [asked, mutate]);
  const said = (instant: Date) => `${say.word('common.dates.weekdays', String(weekdayOf(todayIn(zone, instant))))} ${formatInstant(instant, zone)}`;
  const answer = asked === null || from === null ? t('tryUnreadable')
    : error !== null ? errorText(error)
    : data === undefined ? null
    : data.dueAt === null ? t('tryNever') : t('tryAnswer', { from: said(new Date(from)), due: said(data.dueAt) });
  return (
    <Card title={t('try')} level={3}>
      <div className="flex flex-wrap items-start gap-4">
        <Field label={t('tryDay')}><DateInput value={date} onValueChange={(day) => setDate(day)} /></Field>
        <Field label={t('tryTime')}><TypedInput chars={6} className="figures" value={String(minutes)} parse={(text) => { const read = readClock(text); return read === null ? null : String(read); }} format={(text) => clockText(Number(text))} onValueChange={(read) => { if (read !== null) setMinutes(Number(read)); }} /></Field>
        <Field label={t('tryHours')}><Input chars={6} className="figures text-right" inputMode="numeric" value={typed ?? String(usual)} onChange={(event) => setTyped(event.target.value.trim())} /></Field>
      </div>
      <p role="status" className={isPending ? 'mt-4 text-base opacity-60' : 'mt-4 text-base'}>{answer}</p>
    </Card>
  );
}
