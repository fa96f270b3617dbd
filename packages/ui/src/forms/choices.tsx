'use client';
import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { Switch as RadixSwitch } from 'radix-ui';
import { cn } from '../lib/cn';
import { useFieldWiring } from './field-context';

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & {
  label: ReactNode;
  help?: ReactNode;
  /** Hides the words, as in a table; the label is still read aloud. */
  hideLabel?: boolean | undefined;
  /** Neither on nor off: some of the rows below are. */
  partly?: boolean | undefined;
};

const box =
  'peer mt-0 size-5 shrink-0 appearance-none rounded-small border border-line-strong bg-raised transition-colors checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent hover:border-ink-muted disabled:opacity-55 aria-invalid:border-danger';

/** A yes-or-no with its words beside it; the whole line can be pressed. Takes `register()`. */
export function Checkbox({ label, help, hideLabel, partly, className, ref, id: ownId, ...rest }: CheckboxProps) {
  const made = useId();
  const id = ownId ?? made;
  const attach = (node: HTMLInputElement | null) => {
    if (node) node.indeterminate = Boolean(partly);
    if (typeof ref === 'function') ref(node);
    else if (ref) ref.current = node;
  };
  return (
    <label htmlFor={id} className={cn('flex min-h-control items-start gap-3 py-[calc((var(--control)-1.5rem)/2)]', hideLabel && 'min-h-0 justify-center py-0', className)}>
      <span className="relative grid place-items-center pt-0.5">
        <input {...rest} id={id} ref={attach} type="checkbox" aria-describedby={help ? `${id}-help` : rest['aria-describedby']} className={box} />
        <svg viewBox="0 0 16 16" aria-hidden="true" className="pointer-events-none absolute size-4 text-accent-contrast opacity-0 peer-checked:opacity-100 peer-indeterminate:opacity-0">
          <path d="M3.5 8.5l3 3 6-7" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
        <span aria-hidden="true" className="pointer-events-none absolute h-0.5 w-2.5 rounded-full bg-accent-contrast opacity-0 peer-indeterminate:opacity-100" />
      </span>
      <span className={cn('min-w-0', hideLabel && 'sr-only')}>
        {label}
        {help ? <span id={`${id}-help`} className="block text-note text-ink-muted">{help}</span> : null}
      </span>
    </label>
  );
}

export type RadioCardOption = { value: string; label: ReactNode; help?: ReactNode; /** At the end of the first line, such as a price. */ end?: ReactNode; disabled?: boolean | undefined };

export type RadioCardsProps = {
  /** Read aloud; give it when no Field with `group` stands around. */
  'aria-label'?: string | undefined;
  options: readonly RadioCardOption[];
  value: string | null | undefined;
  onValueChange: (value: string) => void;
  name?: string | undefined;
  columns?: 1 | 2 | 3 | undefined;
  className?: string | undefined;
};

/** One choice of few, each in a box big enough for a thumb. Stand it in `<Field group>`. */
export function RadioCards({ options, value, onValueChange, name, columns = 1, className, ...rest }: RadioCardsProps) {
  const made = useId();
  const wiring = useFieldWiring();
  return (
    <div
      role="radiogroup"
      aria-label={rest['aria-label']}
      aria-labelledby={rest['aria-label'] || !wiring.id ? undefined : `${wiring.id}-label`}
      aria-describedby={wiring['aria-describedby']}
      className={cn('grid gap-2', columns === 2 && 'sm:grid-cols-2', columns === 3 && 'sm:grid-cols-3', className)}
    >
      {options.map((option, index) => (
        <label
          key={option.value}
          className={cn(
            'flex min-h-control items-start gap-3 rounded-control border border-line-strong bg-raised px-4 py-3 transition-colors hover:border-ink-muted',
            'has-checked:border-accent has-checked:bg-accent-soft has-checked:shadow-[inset_0_0_0_1px_var(--accent)]',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent has-disabled:cursor-not-allowed has-disabled:bg-sunken has-disabled:text-ink-faint',
          )}
        >
          <input
            type="radio"
            id={index === 0 ? wiring.id : undefined}
            name={name ?? made}
            value={option.value}
            checked={value === option.value}
            disabled={option.disabled}
            onChange={() => onValueChange(option.value)}
            className="mt-0.5 size-5 shrink-0 appearance-none rounded-full border border-line-strong bg-raised outline-none transition-colors checked:border-[6px] checked:border-accent"
          />
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap justify-between gap-x-4 font-semibold">
              <span>{option.label}</span>
              {option.end ? <span className="figures">{option.end}</span> : null}
            </span>
            {option.help ? <span className="block text-note text-ink-muted">{option.help}</span> : null}
          </span>
        </label>
      ))}
    </div>
  );
}

export type SwitchProps = {
  label: ReactNode;
  help?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
  name?: string | undefined;
  className?: string | undefined;
};

/** On or off, at once, without a save button. For a form that is sent use Checkbox. */
export function Switch({ label, help, checked, onCheckedChange, disabled, name, className }: SwitchProps) {
  const id = useId();
  return (
    <div className={cn('flex min-h-control items-center justify-between gap-4', className)}>
      <label htmlFor={id} className="min-w-0 flex-1 py-2">
        {label}
        {help ? <span id={`${id}-help`} className="block text-note text-ink-muted">{help}</span> : null}
      </label>
      <RadixSwitch.Root
        id={id}
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={Boolean(disabled)}
        {...(name === undefined ? {} : { name })}
        aria-describedby={help ? `${id}-help` : undefined}
        className="relative h-7 w-12 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors before:absolute before:-inset-2 data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-55"
      >
        <RadixSwitch.Thumb className="block size-5 translate-x-0.75 rounded-full bg-ink-muted transition-transform data-[state=checked]:translate-x-5.75 data-[state=checked]:bg-accent-contrast" />
      </RadixSwitch.Root>
    </div>
  );
}
