'use client';
import { useState } from 'react';
import { Input } from './input';
import type { InputProps } from './input';

export type TypedInputProps = Omit<InputProps, 'value' | 'defaultValue' | 'onChange' | 'type'> & {
  /** The clean value, or null when empty or not readable. */
  value: string | null;
  /** Called on each keystroke. `value` is null while `text` cannot be read; keep `text` to say why. */
  onValueChange: (value: string | null, text: string) => void;
  /** Reads what was typed. Null when it cannot be read. */
  parse: (text: string) => string | null;
  /** Shows the clean value as the person is used to see it. */
  format: (value: string) => string;
};

/** A text box that takes what people type and shows it back clean when they leave it. Unreadable text stays as typed. */
export function TypedInput({ value, onValueChange, parse, format, onBlur, onFocus, ...rest }: TypedInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value ? format(value) : '');
  return (
    <Input
      autoComplete="off"
      {...rest}
      type="text"
      value={shown}
      onFocus={onFocus}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        onValueChange(text.trim() ? parse(text) : null, text);
      }}
      onBlur={(event) => {
        if (typed !== null && (!typed.trim() || parse(typed) !== null)) setTyped(null);
        onBlur?.(event);
      }}
    />
  );
}

export type MoneyInputProps = Omit<TypedInputProps, 'before' | 'inputMode'> & {
  /** Sign of the currency, shown inside at the end. */
  currency: string;
};

/**
 * An amount. `value` is minor units in a string ("123450" for 1.234,50); `parse` and `format` come from the app, because
 * how amounts are read and written is the country's matter.
 */
export function MoneyInput({ currency, chars = 12, className, ...rest }: MoneyInputProps) {
  return <TypedInput {...rest} chars={chars} inputMode="decimal" after={<span className="text-note">{currency}</span>} className={`figures text-right ${className ?? ''}`} />;
}

export type PhoneInputProps = Omit<TypedInputProps, 'inputMode'>;

/** A phone number, typed freely. `value` is what `parse` makes of it, normally `+38970123456`. */
export function PhoneInput({ chars = 20, ...rest }: PhoneInputProps) {
  return <TypedInput {...rest} chars={chars} inputMode="tel" autoComplete={rest.autoComplete ?? 'tel'} />;
}
