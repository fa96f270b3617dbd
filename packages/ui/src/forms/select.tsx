'use client';
import type { ComponentProps } from 'react';
import { Select as Radix } from 'radix-ui';
import { Check, ChevronDown } from 'lucide-react';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { useMedia } from '../lib/use-media';
import { useFieldWiring } from './field-context';

export type Option = { value: string; label: string; disabled?: boolean | undefined; hint?: string | undefined };

export type NativeSelectProps = ComponentProps<'select'> & {
  options: readonly Option[];
  /** First, empty choice. */
  placeholder?: string | undefined;
};

/** The browser's own select. Takes react-hook-form's `register()`. */
export function NativeSelect({ options, placeholder, className, ...rest }: NativeSelectProps) {
  const wiring = useFieldWiring(rest);
  return (
    <span className={cn('relative block', className)}>
      <select {...rest} {...wiring} className="control appearance-none truncate pr-10">
        {placeholder !== undefined ? <option value="">{placeholder}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown className="pointer-events-none absolute right-3 top-1/2 size-4 -translate-y-1/2 text-ink-muted" aria-hidden="true" />
    </span>
  );
}

export type SelectProps = {
  options: readonly Option[];
  /** Empty string or null: nothing chosen. */
  value: string | null | undefined;
  onValueChange: (value: string) => void;
  onBlur?: (() => void) | undefined;
  placeholder?: string | undefined;
  name?: string | undefined;
  id?: string | undefined;
  disabled?: boolean | undefined;
  required?: boolean | undefined;
  'aria-label'?: string | undefined;
  className?: string | undefined;
};

/* Radix keeps '' for "nothing chosen"; an option that means "all" or "none" travels under another name. */
const NOTHING = '\u2205';
const inside = (value: string): string => (value === '' ? NOTHING : value);

/**
 * One choice of a short list: the phone's own wheel under a finger, a list under a mouse.
 * An option whose value is '' is a choice of its own, such as "all", and takes the placeholder's place.
 */
export function Select({ options, value, onValueChange, onBlur, placeholder, name, disabled, className, ...rest }: SelectProps) {
  const mouse = useMedia('(hover: hover) and (pointer: fine)');
  const wiring = useFieldWiring(rest);
  const words = useWords();
  const hint = placeholder ?? words.choose;
  const hasEmpty = options.some((option) => option.value === '');
  if (!mouse) {
    return (
      <NativeSelect
        options={options}
        placeholder={value || hasEmpty ? undefined : hint}
        value={value ?? ''}
        name={name}
        disabled={disabled}
        onBlur={onBlur}
        onChange={(event) => onValueChange(event.target.value)}
        {...rest}
        className={className}
      />
    );
  }
  return (
    <Radix.Root
      value={hasEmpty ? inside(value ?? '') : (value ?? '')}
      onValueChange={(next) => onValueChange(next === NOTHING ? '' : next)}
      {...(name === undefined ? {} : { name })}
      {...(disabled === undefined ? {} : { disabled })}
    >
      <Radix.Trigger
        {...wiring}
        aria-label={rest['aria-label']}
        onBlur={onBlur}
        className={cn('control flex items-center justify-between gap-2 text-left data-[placeholder]:text-ink-faint', className)}
      >
        <span className="min-w-0 truncate"><Radix.Value placeholder={hint} /></span>
        <Radix.Icon><ChevronDown className="size-4 text-ink-muted" /></Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) animate-fade-in overflow-hidden rounded-control border bg-raised shadow-float"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={inside(option.value)}
                {...(option.disabled ? { disabled: true } : {})}
                className="flex min-h-control-small cursor-default items-center gap-2 rounded-small px-2 py-1.5 text-body outline-none select-none data-[disabled]:text-ink-faint data-[highlighted]:bg-accent-soft"
              >
                <span className="w-4">
                  <Radix.ItemIndicator><Check className="size-4 text-accent" /></Radix.ItemIndicator>
                </span>
                <span>
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint ? <span className="block text-note text-ink-muted">{option.hint}</span> : null}
                </span>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
