'use client';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Eye, EyeOff } from 'lucide-react';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { useFieldWiring } from './field-context';
import type { InputProps } from './input';

export type PasswordInputProps = Omit<InputProps, 'type' | 'before' | 'after' | 'chars'> & {
  /** What is said about the strength, below the box. Announced when it changes. */
  hint?: ReactNode;
};

/** A password that can be looked at. Set `autoComplete` to `current-password` or `new-password`. */
export function PasswordInput({ hint, className, ...rest }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  const words = useWords();
  const wiring = useFieldWiring(rest);
  return (
    <>
      <span className="relative block">
        <input
          spellCheck={false}
          autoCapitalize="none"
          {...rest}
          {...wiring}
          type={shown ? 'text' : 'password'}
          className={cn('control pr-12', className)}
        />
        <button
          type="button"
          aria-label={shown ? words.hidePassword : words.showPassword}
          title={shown ? words.hidePassword : words.showPassword}
          onClick={() => setShown(!shown)}
          className="absolute top-0 right-0 grid size-control place-items-center rounded-control text-ink-muted hover:text-ink"
        >
          {shown ? <EyeOff className="size-5" /> : <Eye className="size-5" />}
        </button>
      </span>
      <div aria-live="polite" className="text-note text-ink-muted">{hint ? <div className="mt-1.5">{hint}</div> : null}</div>
    </>
  );
}
