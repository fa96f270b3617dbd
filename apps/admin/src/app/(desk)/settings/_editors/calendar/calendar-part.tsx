'use client';
import { calendarSchema } from '@interdomestik/rules/rule-sets';
import { isDateOnly, partsOf, todayIn } from '@interdomestik/rules/periods';
import { Card, Checkbox, IconButton, Section, Switch, TypedInput } from '@interdomestik/ui';
import { Trash2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../../../_parts/use-formats';
import { useSay } from '../../_kinds/use-say';
import type { EditorProps, StoredRule } from '../editor';
import { fieldId, RuleField, useRuleValue } from '../fields';
import { clockText, pressed, readClock } from './days';
import { TryLine } from './try-line';
import { YearView } from './year-view';

type Calendar = StoredRule<'workflows'>['calendar'];

/** Working hours and days: the week, the country's holidays, own exceptions pressed on a year, and what a deadline comes to. */
export function CalendarPart({ value, onChange, readOnly }: EditorProps<'workflows'>) {
  const t = useTranslations('editors.calendar');
  const { calendar } = value;
  const put = (next: Partial<Calendar>) => onChange({ ...value, calendar: { ...calendar, ...next } });
  const listed = trpc.settings.holidays.useQuery({ country: calendar.holidaysOf }, { staleTime: Infinity });
  const names = useMemo(() => new Map((listed.data?.days ?? []).map(({ date, name }) => [date, name] as const)), [listed.data]);
  const rests = useMemo(() => (calendar.holidaysOf === null ? new Map<string, string>() : names), [calendar.holidaysOf, names]);
  const [thisYear] = useState(() => partsOf(todayIn(calendar.zone, new Date())).year);
  return (
    <Section level={3} title={t('title')} help={t('help', { zone: calendar.zone })}>
      <div className="space-y-4">
        <Card>
          <div className="grid gap-6 sm:grid-cols-2">
            <Weekdays className="sm:col-span-2" />
            <ClockField path="calendar.opensAt" label={t('opens')} />
            <ClockField path="calendar.closesAt" label={t('closes')} />
            <div id={fieldId('calendar.holidaysOf')} className="sm:col-span-2">
              <Switch label={t('holidays')} help={t('holidaysHelp')} checked={calendar.holidaysOf !== null} disabled={readOnly || listed.data === undefined} onCheckedChange={(on) => put({ holidaysOf: on ? (listed.data?.country ?? null) : null })} />
            </div>
          </div>
        </Card>
        <Card title={t('exceptions')} level={3}>
          <p className="mb-4 text-note text-ink-muted">{readOnly ? t('legendHelpRead') : t('legendHelp')}</p>
          <YearView calendar={calendar} holidays={rests} names={names} firstYear={thisYear} loading={listed.isPending} readOnly={readOnly} onPress={(date) => put(pressed(date, calendar, rests))} />
          <OwnDays title={t('ownFree')} days={calendar.closedOn} names={names} readOnly={readOnly} onRemove={(day) => put({ closedOn: calendar.closedOn.filter((one) => one !== day) })} />
          <OwnDays title={t('ownWorked')} days={calendar.openOn} names={names} readOnly={readOnly} onRemove={(day) => put({ openOn: calendar.openOn.filter((one) => one !== day) })} />
        </Card>
        <TryLine calendar={calendarSchema.safeParse(calendar).success ? calendar : null} hours={value.triageHours} />
      </div>
    </Section>
  );
}

function Weekdays({ className }: { className?: string }) {
  const t = useTranslations('editors.calendar');
  const say = useSay();
  const { value, change, readOnly } = useRuleValue('calendar.weekdays');
  const chosen = Array.isArray(value) ? value.filter((day) => typeof day === 'number') : [];
  return (
    <RuleField path="calendar.weekdays" label={t('weekdays')} group className={className}>
      <div className="flex flex-wrap gap-x-6">
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <Checkbox
            key={day} id={day === 1 ? fieldId('calendar.weekdays') : undefined} label={<span className="first-letter:uppercase">{say.word('common.dates.weekdays', String(day))}</span>} disabled={readOnly} checked={chosen.includes(day)}
            onChange={(event) => change([...chosen.filter((one) => one !== day), ...(event.target.checked ? [day] : [])].toSorted((a, b) => a - b))}
          />
        ))}
      </div>
    </RuleField>
  );
}

/** A time of day, typed as `8`, `8:30` or `16.30` and kept in minutes after midnight. */
function ClockField({ path, label }: { path: string; label: string }) {
  const { value, change, readOnly } = useRuleValue(path);
  return (
    <RuleField path={path} label={label}>
      <TypedInput
        value={typeof value === 'string' || typeof value === 'number' ? String(value) : null} readOnly={readOnly} chars={6} inputMode="numeric" className="figures"
        parse={(text) => { const minutes = readClock(text); return minutes === null ? null : String(minutes); }}
        format={(text) => (typeof value === 'number' ? clockText(value) : text)}
        onValueChange={(_, text) => change(text.trim() === '' ? null : (readClock(text) ?? text))}
      />
    </RuleField>
  );
}

function OwnDays({ title, days, names, readOnly, onRemove }: { title: string; days: readonly string[]; names: ReadonlyMap<string, string>; readOnly: boolean; onRemove: (day: string) => void }) {
  const t = useTranslations('editors.calendar');
  const formats = useFormats();
  if (days.length === 0) return null;
  return (
    <section className="mt-5 border-t pt-4">
      <h4 className="mb-1 font-semibold">{title}</h4>
      <ul className="flex flex-wrap gap-2">
        {days.toSorted().map((day) => (
          <li key={day} className="flex items-center gap-1 rounded-control border py-0.5 pl-3 pr-1">
            <span className="figures">{isDateOnly(day) ? formats.day(day) : day}</span>{names.has(day) ? <span className="text-note text-ink-muted">{names.get(day)}</span> : null}
            {readOnly ? <span className="w-2" /> : <IconButton size="small" label={t('removeDay', { day: formats.day(day) })} icon={<Trash2 className="size-4" />} onClick={() => onRemove(day)} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
