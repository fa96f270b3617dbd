'use client';
import type { ReactNode } from 'react';
import { DropdownMenu } from 'radix-ui';
import { EllipsisVertical } from 'lucide-react';
import { IconButton } from '../actions/button';
import { UiLink } from '../context/link';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';

export type MenuItem =
  | { kind?: 'item' | undefined; label: string; icon?: ReactNode; onSelect: () => void; danger?: boolean | undefined; disabled?: boolean | undefined; hint?: string | undefined }
  | { kind: 'link'; label: string; icon?: ReactNode; href: string; current?: boolean | undefined }
  | { kind: 'heading'; label: string }
  | { kind: 'line' };

export type MenuProps = {
  items: readonly MenuItem[];
  /** What opens it: one button. Default three dots named by the built-in words. */
  trigger?: ReactNode;
  align?: 'start' | 'end' | undefined;
};

const itemClass =
  'flex min-h-control-small cursor-default items-center gap-2 rounded-small px-2 py-1.5 text-body outline-none select-none data-[disabled]:text-ink-faint data-[highlighted]:bg-accent-soft [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-muted';

/** A list of acts behind a button. */
export function Menu({ items, trigger, align = 'end' }: MenuProps) {
  const words = useWords();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger ?? <IconButton label={words.moreActions} icon={<EllipsisVertical />} />}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={4} collisionPadding={8} className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 max-w-80 animate-fade-in overflow-y-auto rounded-control border bg-raised p-1 shadow-float">
          {items.map((item, index) => {
            if (item.kind === 'line') return <DropdownMenu.Separator key={index} className="my-1 h-px bg-line" />;
            if (item.kind === 'heading') return <DropdownMenu.Label key={index} className="px-2 py-1.5 text-note text-ink-muted">{item.label}</DropdownMenu.Label>;
            if (item.kind === 'link') {
              return (
                <DropdownMenu.Item key={index} asChild>
                  <UiLink href={item.href} aria-current={item.current ? 'page' : undefined} className={cn(itemClass, item.current && 'font-semibold')}>
                    {item.icon}
                    {item.label}
                  </UiLink>
                </DropdownMenu.Item>
              );
            }
            return (
              <DropdownMenu.Item
                key={index}
                disabled={Boolean(item.disabled)}
                onSelect={item.onSelect}
                className={cn(itemClass, item.danger && 'text-danger-ink data-[highlighted]:bg-danger-soft [&_svg]:text-danger-ink')}
              >
                {item.icon}
                <span className="flex-1">{item.label}</span>
                {item.hint ? <span className="text-note text-ink-muted">{item.hint}</span> : null}
              </DropdownMenu.Item>
            );
          })}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
