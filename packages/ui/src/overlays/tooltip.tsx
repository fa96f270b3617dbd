'use client';
import type { ReactNode } from 'react';
import { Tooltip as Radix } from 'radix-ui';

export type TooltipProps = {
  text: ReactNode;
  /** One focusable element. */
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
};

/** A word more on hover or focus. Nothing may be said only here: a finger cannot hover. */
export function Tooltip({ text, children, side = 'top' }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={300}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content side={side} sideOffset={6} collisionPadding={8} className="z-50 max-w-64 animate-fade-in rounded-small bg-ink px-2 py-1 text-xs text-paper shadow-float">
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
