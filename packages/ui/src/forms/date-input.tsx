'use client';
import { useRef, useState } from 'react';
import { CalendarDays } from 'lucide-react';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { formatDateText, parseDateText } from '../lib/dates';
import { TypedInput } from './typed-input';
import type { TypedInputProps } from './typed-input';

export type DateInputProps = Omit<TypedInputProps, 'parse' | 'format' | 'min' | 'max' | 'after' | 'before'> & {
  parse?: ((text: string) => string | null) | undefined;
  format?: ((value: string) => string) | undefined;
  /** Bounds of the picker, `YYYY-MM-DD`. What is typed is judged by the form's own rules. */
  min?: string | undefined;
  max?: string | undefined;
};

/** A day. `value` is `YYYY-MM-DD` or null; typed as `31.12.2025`, or picked from the device's own calendar. */
export function DateInput({ parse = parseDateText, format = formatDateText, min, max, className, disabled, value, onValueChange, ...rest }: DateInputProps) {
  const words = useWords();
  const picker = useRef<HTMLInputElement>(null);
  // A pick replaces whatever was typed, readable or not, so the text box starts anew.
  const [picks, setPicks] = useState(0);
  return (
    <span className={cn('relative block max-w-44', className)}>
      <TypedInput {...rest} key={picks} value={value} onValueChange={onValueChange} parse={parse} format={format} disabled={disabled} inputMode="text" className="figures pr-12" />
      <input
        ref={picker}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        min={min}
        max={max}
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => {
          const day = event.target.value;
          setPicks(picks + 1);
          onValueChange(day || null, day ? format(day) : '');
        }}
        className="pointer-events-none absolute right-0 bottom-0 size-control opacity-0"
      />
      <button
        type="button"
        aria-label={words.openCalendar}
        title={words.openCalendar}
        disabled={disabled}
        onClick={() => picker.current?.showPicker()}
        className="absolute top-0 right-0 grid size-control place-items-center rounded-control text-ink-muted hover:text-ink disabled:opacity-55"
      >
        <CalendarDays className="size-5" />
      </button>
    </span>
  );
}
