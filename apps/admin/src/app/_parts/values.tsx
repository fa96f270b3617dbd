'use client';
import type { Money as Amount } from '@interdomestik/rules/money';
import { DateText, Money } from '@interdomestik/ui';
import { useFormats } from './use-formats';

/** A stored day, or a dash. */
export function Day({ value }: { value: string | null }) {
  const formats = useFormats();
  return value === null ? <span className="text-ink-muted">–</span> : <DateText iso={value}>{formats.day(value)}</DateText>;
}

/** The last day of a period by its end, or a dash. */
export function LastDay({ end }: { end: string | null }) {
  const formats = useFormats();
  return end === null ? <span className="text-ink-muted">–</span> : <DateText iso={end}>{formats.lastDay(end)}</DateText>;
}

/** The day of an instant, or a dash. */
export function DayOf({ value }: { value: Date | null }) {
  const formats = useFormats();
  return value === null ? <span className="text-ink-muted">–</span> : <DateText iso={value.toISOString()}>{formats.dayOf(value)}</DateText>;
}

/** An instant with its time, or a dash. */
export function Moment({ value }: { value: Date | null }) {
  const formats = useFormats();
  return value === null ? <span className="text-ink-muted">–</span> : <DateText iso={value.toISOString()}>{formats.moment(value)}</DateText>;
}

/** An amount of money. */
export function Sum({ value, strong, tone }: { value: Amount; strong?: boolean | undefined; tone?: 'plain' | 'good' | 'bad' | 'muted' | undefined }) {
  const formats = useFormats();
  return <Money strong={strong} tone={tone}>{formats.money(value)}</Money>;
}

/** A number or code that identifies something, or a dash. */
export function Code({ value }: { value: string | null }) {
  return value === null ? <span className="text-ink-muted">–</span> : <span className="figures whitespace-nowrap">{value}</span>;
}
