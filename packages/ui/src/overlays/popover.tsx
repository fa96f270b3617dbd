'use client';
import type { ReactNode } from 'react';
import { Popover as Radix } from 'radix-ui';
import { X } from 'lucide-react';
import { IconButton } from '../actions/button';
import { useWords } from '../context/words';

export type PopoverProps = {
  /** What opens it: one button. */
  trigger: ReactNode;
  title: ReactNode;
  children: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  align?: 'start' | 'center' | 'end' | undefined;
};

/** A few words about one thing, beside it. Opens by pressing, closes with Escape or by pressing elsewhere. For more than a few words use SidePanel. */
export function Popover({ trigger, title, children, open, onOpenChange, align = 'end' }: PopoverProps) {
  const words = useWords();
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className="z-50 w-80 max-w-[calc(100vw-1rem)] animate-fade-in rounded-card border bg-raised p-4 shadow-float outline-none">
          <div className="flex items-start justify-between gap-2">
            <p className="min-w-0 font-semibold">{title}</p>
            <Radix.Close asChild><IconButton label={words.close} icon={<X />} size="small" className="-mt-1.5 -mr-2" /></Radix.Close>
          </div>
          <div className="mt-1">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
