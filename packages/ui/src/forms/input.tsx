'use client';
import type { ComponentProps, ReactNode } from 'react';
import { Search, X } from 'lucide-react';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { useFieldWiring } from './field-context';

export type InputProps = ComponentProps<'input'> & {
  /** Width by what is written: a short field looks short. Default full. */
  chars?: number | undefined;
  /** Words or sign standing inside at the start or end, such as a currency. */
  before?: ReactNode;
  after?: ReactNode;
};

/** One line of text. Takes react-hook-form's `register()` as it is. */
export function Input({ chars, before, after, className, style, ...rest }: InputProps) {
  const wiring = useFieldWiring(rest);
  const width = chars ? { maxWidth: `calc(${chars}ch + 1.75rem + ${(before ? 2.5 : 0) + (after ? 2.5 : 0)}rem)` } : undefined;
  const input = (
    <input
      {...rest}
      {...wiring}
      style={before || after ? style : { ...width, ...style }}
      className={cn('control', before && 'pl-11', after && 'pr-14', className)}
    />
  );
  if (!before && !after) return input;
  return (
    <span className="relative block" style={width}>
      {before ? <span className="pointer-events-none absolute inset-y-0 left-3 flex items-center text-ink-muted [&_svg]:size-4">{before}</span> : null}
      {input}
      {after ? <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-ink-muted [&_svg]:size-4">{after}</span> : null}
    </span>
  );
}

export type TextareaProps = ComponentProps<'textarea'>;

/** Several lines of text; grows with what is written where the browser can. */
export function Textarea({ className, rows = 4, ...rest }: TextareaProps) {
  const wiring = useFieldWiring(rest);
  return <textarea {...rest} {...wiring} rows={rows} className={cn('control block resize-y py-2 [field-sizing:content] min-h-24', className)} />;
}

export type SearchInputProps = Omit<ComponentProps<'input'>, 'type' | 'value' | 'onChange'> & {
  /** What is searched, in words: the accessible name. */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
};

/** A search box with its own clear button. */
export function SearchInput({ label, value, onValueChange, className, ...rest }: SearchInputProps) {
  const words = useWords();
  return (
    <span className={cn('relative block min-w-48', className)}>
      <Search className="pointer-events-none absolute left-3 top-1/2 size-4 -translate-y-1/2 text-ink-muted" aria-hidden="true" />
      <input
        placeholder={label}
        {...rest}
        type="search"
        aria-label={label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        className={cn('control pl-9 [&::-webkit-search-cancel-button]:hidden', value && 'pr-12')}
      />
      {value ? (
        <button
          type="button"
          aria-label={words.clear}
          onClick={() => onValueChange('')}
          className="absolute inset-y-0 right-0 grid w-control place-items-center rounded-control text-ink-muted hover:text-ink"
        >
          <X className="size-4" />
        </button>
      ) : null}
    </span>
  );
}
