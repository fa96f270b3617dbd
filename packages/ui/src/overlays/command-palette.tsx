'use client';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Command } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import { Search } from 'lucide-react';
import { useWords } from '../context/words';

export type CommandItem = {
  id: string;
  label: string;
  /** More words it is found by. */
  keywords?: readonly string[] | undefined;
  icon?: ReactNode;
  hint?: ReactNode;
  onSelect: () => void;
};
export type CommandGroup = { heading: string; items: readonly CommandItem[] };

export type CommandPaletteProps = {
  groups: readonly CommandGroup[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Given: called as the person types, for results from the server; the caller adds them to `groups`. */
  onSearch?: ((text: string) => void) | undefined;
  loading?: boolean | undefined;
  placeholder?: string | undefined;
};

/** Go anywhere, do anything, by typing. Ctrl-K (or Cmd-K) opens and closes it. */
export function CommandPalette({ groups, open, onOpenChange, onSearch, loading, placeholder }: CommandPaletteProps) {
  const words = useWords();
  const [text, setText] = useState('');
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onOpenChange(!open);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [open, onOpenChange]);
  const change = (next: boolean) => {
    if (!next) setText('');
    onOpenChange(next);
  };
  return (
    <Radix.Root open={open} onOpenChange={change}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-veil" />
        <Radix.Content aria-describedby={undefined} className="fixed top-[10vh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-xl -translate-x-1/2 animate-fade-in overflow-hidden rounded-card border bg-raised shadow-float outline-none">
          <Radix.Title className="sr-only">{words.commandTitle}</Radix.Title>
          <Command label={words.commandTitle} shouldFilter={!onSearch} loop>
            <div className="flex items-center gap-3 border-b px-4">
              <Search className="size-5 shrink-0 text-ink-muted" aria-hidden="true" />
              <Command.Input
                value={text}
                onValueChange={(next) => { setText(next); onSearch?.(next); }}
                placeholder={placeholder ?? words.search}
                className="min-h-13 w-full bg-transparent text-base outline-none"
              />
            </div>
            <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-2">
              {loading ? <Command.Loading><p className="px-2 py-3 text-ink-muted">{words.loading}</p></Command.Loading> : <Command.Empty className="px-2 py-3 text-ink-muted">{words.noResults}</Command.Empty>}
              {groups.map((group) => (
                <Command.Group key={group.heading} heading={group.heading} className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-muted">
                  {group.items.map((item) => (
                    <Command.Item
                      key={item.id}
                      value={`${item.label} ${item.id}`}
                      keywords={[...(item.keywords ?? [])]}
                      onSelect={() => { change(false); item.onSelect(); }}
                      className="flex min-h-10 cursor-default items-center gap-3 rounded-small px-2 py-1.5 select-none data-[selected=true]:bg-accent-soft [&_svg]:size-4 [&_svg]:text-ink-muted"
                    >
                      {item.icon}
                      <span className="min-w-0 flex-1 truncate">{item.label}</span>
                      {item.hint ? <span className="shrink-0 text-note text-ink-muted">{item.hint}</span> : null}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The visible way into the palette, for the head of the staff shell. */
export function CommandTrigger({ label, onOpen }: { label: string; onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      title={label}
      aria-keyshortcuts="Control+K Meta+K"
      className="inline-flex min-h-control items-center gap-2 rounded-control border border-line-strong bg-raised px-3 text-ink-muted transition-colors hover:border-ink-muted hover:text-ink lg:min-w-56"
    >
      <Search className="size-4" aria-hidden="true" />
      <span className="sr-only flex-1 text-left md:not-sr-only">{label}</span>
      <kbd className="hidden rounded-small border px-1 font-sans text-xs md:inline">Ctrl K</kbd>
    </button>
  );
}
