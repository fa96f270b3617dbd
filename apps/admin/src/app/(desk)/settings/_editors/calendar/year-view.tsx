'use client';
import { partsOf, todayIn, weekdayOf, type DateOnly } from '@interdomestik/rules/periods';
import { cn, IconButton, useMedia } from '@interdomestik/ui';
import { ChevronLeft, ChevronRight } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useFormats } from '../../../../_parts/use-formats';
import { useSay } from '../../_kinds/use-say';
import { kindOf, stepDay, weeksOf, type CalendarDays, type DayKind } from './days';

interface YearViewProps {
  readonly calendar: CalendarDays & { readonly zone: string };
  /** Days on which the country rests, by name; empty where they are worked. */
  readonly holidays: ReadonlyMap<string, string>;
  /** The names of the country's holidays, whether they are free or not. */
  readonly names: ReadonlyMap<string, string>;
  readonly firstYear: number;
  readonly loading: boolean;
  readonly readOnly: boolean;
  readonly onPress: (date: DateOnly) => void;
}

/** Each kind by ground, shape and sign, so that none is told by colour alone. */
const looks: Readonly<Record<DayKind, string>> = {
  work: 'hover:bg-sunken',
  weekend: 'bg-sunken text-ink-muted',
  holiday: 'bg-info-soft font-semibold text-info-ink underline decoration-2 underline-offset-2',
  closed: 'bg-danger-soft font-semibold text-danger-ink line-through decoration-2',
  workedHoliday: 'border-2 border-success font-semibold text-success-ink',
  workedWeekend: 'border-2 border-success font-semibold text-success-ink',
};
const legend = ['work', 'weekend', 'holiday', 'closed', 'workedHoliday'] as const;

/** A year in twelve small months, one on a phone. Pressing a day makes it free or worked; arrows move between days. */
export function YearView({ calendar, holidays, names, firstYear, loading, readOnly, onPress }: YearViewProps) {
  const t = useTranslations('editors.calendar');
  const say = useSay();
  const narrow = !useMedia('(min-width: 40rem)');
  const [today] = useState(() => todayIn(calendar.zone, new Date()));
  const [active, setActive] = useState<DateOnly>(today);
  const box = useRef<HTMLDivElement>(null);
  const { year, month } = partsOf(active);
  const monthName = (number: number) => say.word('common.dates.months', String(number));
  const months = narrow ? [month] : Array.from({ length: 12 }, (_, index) => index + 1);
  const last = firstYear + 1;
  const inReach = (date: DateOnly): boolean => partsOf(date).year >= firstYear && partsOf(date).year <= last;
  const go = (date: DateOnly | null): void => {
    if (date === null || !inReach(date)) return;
    setActive(date);
    // the day may stand in a month that is drawn only now
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-day="${date}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = stepDay(active, event.key);
    if (next === null) return;
    event.preventDefault();
    go(next);
  };
  const turn = (by: -1 | 1): void => {
    const [y, m] = narrow ? [year + (month + by < 1 ? -1 : month + by > 12 ? 1 : 0), ((month - 1 + by + 12) % 12) + 1] : [year + by, by === 1 ? 1 : 12];
    const day = weeksOf(y, m).flat().find((one) => one !== null);
    if (day !== undefined && inReach(day)) setActive(day);
  };
  const atStart = narrow ? year === firstYear && month === 1 : year === firstYear;
  const atEnd = narrow ? year === last && month === 12 : year === last;
  const listed = [...names].filter(([date]) => date.startsWith(String(year)));
  return (
    <div className="space-y-4">
      <div className="flex items-center gap-2">
        <IconButton label={narrow ? t('previousMonth') : t('previousYear')} icon={<ChevronLeft />} disabled={atStart} onClick={() => turn(-1)} />
        <span aria-live="polite" className="figures min-w-28 text-center font-semibold first-letter:uppercase">{narrow ? `${monthName(month)} ${String(year)}` : year}</span>
        <IconButton label={narrow ? t('nextMonth') : t('nextYear')} icon={<ChevronRight />} disabled={atEnd} onClick={() => turn(1)} />
      </div>
      <div ref={box} role="group" aria-label={t('exceptions')} onKeyDown={onKeyDown} aria-busy={loading} className={cn('grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4', loading && 'opacity-60')}>
        {months.map((number) => <Month key={number} {...{ calendar, holidays, names, readOnly, onPress, active, today, number, year }} name={monthName(number)} showName={!narrow} onActive={setActive} />)}
      </div>
      <ul aria-label={t('legend')} className="flex flex-wrap gap-x-5 gap-y-1 text-note">
        {legend.map((kind) => <li key={kind} className="flex items-center gap-2"><span aria-hidden="true" className={cn('figures grid size-7 place-items-center rounded-small', looks[kind])}>{t('sampleDay')}</span>{t(`kinds.${kind}`)}</li>)}
      </ul>
      {listed.length === 0 ? null : (
        <details>
          <summary className="flex min-h-control-small items-center font-semibold">{t('holidaysOfYear', { year })}</summary>
          <ul className="grid gap-x-6 sm:grid-cols-2">
            {listed.map(([date, name]) => <li key={date} className="flex gap-3 py-1"><Written date={date} />{name}</li>)}
          </ul>
        </details>
      )}
    </div>
  );
}

function Written({ date }: { date: string }) {
  const { day } = useFormats();
  return <span className="figures shrink-0 text-ink-muted">{day(date)}</span>;
}

interface MonthProps extends Omit<YearViewProps, 'firstYear' | 'loading'> {
  readonly year: number;
  readonly number: number;
  readonly name: string;
  readonly showName: boolean;
  readonly active: DateOnly;
  readonly today: DateOnly;
  readonly onActive: (date: DateOnly) => void;
}

// i18n-keys: editors.calendar.kinds.*
function Month({ calendar, holidays, names, readOnly, onPress, active, today, year, number, name, showName, onActive }: MonthProps) {
  const t = useTranslations('editors.calendar');
  const say = useSay();
  const formats = useFormats();
  const nameOf = (date: DateOnly, kind: DayKind): string => [formats.day(date), say.word('common.dates.weekdays', String(weekdayOf(date))), t(`kinds.${kind}`), names.get(date)].filter((part) => part !== undefined).join(', ');
  return (
    <table className="w-full table-fixed border-separate border-spacing-0.5">
      <caption className={cn('mb-1 text-left font-semibold first-letter:uppercase', !showName && 'sr-only')}>{name}</caption>
      <thead><tr>{[1, 2, 3, 4, 5, 6, 7].map((day) => <th key={day} scope="col" className="text-xs font-normal text-ink-muted">{say.word('common.dates.weekdays', String(day))}</th>)}</tr></thead>
      <tbody>
        {weeksOf(year, number).map((week, row) => (
          <tr key={row}>
            {week.map((date, column) => {
              if (date === null) return <td key={column} />;
              const kind = kindOf(date, calendar, holidays);
              // who steers by voice says the number that stands there
              const label = `${String(partsOf(date).day)}, ${nameOf(date, kind)}`;
              return (
                <td key={column} className="p-0">
                  <button
                    type="button" data-day={date} tabIndex={date === active ? 0 : -1} aria-label={label} title={label} aria-current={date === today ? 'date' : undefined} aria-disabled={readOnly || undefined}
                    onFocus={() => onActive(date)} onClick={() => { if (!readOnly) onPress(date); }}
                    className={cn('figures grid h-8 w-full place-items-center rounded-small text-note', looks[kind], date === today && 'outline outline-1 outline-ink-muted')}
                  >
                    {partsOf(date).day}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
