'use client';
import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { useFieldWiring } from './field-context';
import type { Option } from './select';

export type ComboboxProps = {
  options: readonly Option[];
  value: string | null;
  onValueChange: (value: string | null) => void;
  /** Given: the list is searched elsewhere, this only shows `options`. Called as the person types. */
  onSearch?: ((text: string) => void) | undefined;
  /** The chosen option when it may not be among `options`, as with a search on the server. */
  chosen?: Option | null | undefined;
  loading?: boolean | undefined;
  placeholder?: string | undefined;
  /** Said when nothing fits. */
  empty?: string | undefined;
  disabled?: boolean | undefined;
  id?: string | undefined;
  'aria-label'?: string | undefined;
  className?: string | undefined;
};

/** One choice of a long list, found by typing. Works with the arrows, Enter and Escape. */
export function Combobox({ options, value, onValueChange, onSearch, chosen, loading, placeholder, empty, disabled, className, ...rest }: ComboboxProps) {
  const wiring = useFieldWiring(rest);
  const words = useWords();
  const current = chosen?.value === value ? (chosen ?? null) : (options.find((option) => option.value === value) ?? null);
  return (
    <Base.Root<Option>
      items={options}
      value={current}
      onValueChange={(next) => onValueChange(next?.value ?? null)}
      isItemEqualToValue={(a, b) => a.value === b.value}
      itemToStringLabel={(item) => item.label}
      onInputValueChange={(text, details) => {
        if (details.reason === 'input-change' || details.reason === 'input-clear') onSearch?.(text);
      }}
      {...(onSearch ? { filter: null } : {})}
      disabled={Boolean(disabled)}
      autoHighlight
    >
      <span className={cn('relative block', className)}>
        <Base.Input {...wiring} aria-label={rest['aria-label']} placeholder={placeholder ?? words.search} className="control pr-10" />
        <Base.Trigger aria-label={words.choose} className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-control text-ink-muted hover:text-ink">
          <ChevronDown className="size-4" />
        </Base.Trigger>
      </span>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50">
          <Base.Popup className="max-h-[min(20rem,var(--available-height))] w-(--anchor-width) animate-fade-in overflow-y-auto rounded-control border bg-raised p-1 shadow-float">
            <Base.Status className="px-2 text-note text-ink-muted">{loading ? <span className="block py-2">{words.loading}</span> : null}</Base.Status>
            <Base.Empty className="px-2 text-note text-ink-muted">{loading ? null : <span className="block py-2">{empty ?? words.noResults}</span>}</Base.Empty>
            <Base.List>
              {(option: Option) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  disabled={Boolean(option.disabled)}
                  className="flex min-h-control-small cursor-default items-center gap-2 rounded-small px-2 py-1.5 outline-none select-none data-[disabled]:text-ink-faint data-[highlighted]:bg-accent-soft"
                >
                  <span className="w-4">
                    <Base.ItemIndicator><Check className="size-4 text-accent" /></Base.ItemIndicator>
                  </span>
                  <span className="min-w-0">
                    {option.label}
                    {option.hint ? <span className="block text-note text-ink-muted">{option.hint}</span> : null}
                  </span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
