'use client';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Dialog as Radix } from 'radix-ui';
import { X } from 'lucide-react';
import { Button, IconButton } from '../actions/button';
import { useWords } from '../context/words';
import { Field } from '../forms/field';
import { Input } from '../forms/input';
import { cn } from '../lib/cn';
import { fill } from '../lib/fill';

const veil = 'fixed inset-0 z-40 animate-fade-in bg-veil';

/** A toast lies above what is open; pressing its "undo" must not close that. */
function spareToasts(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]') !== null) event.preventDefault();
}

/** Leads the keyboard back to where it was. Radix does so for a trigger of its own only, and these are opened by their caller. */
function useWayBack() {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (opener.current instanceof HTMLElement) opener.current.focus();
    },
  };
}

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons. The primary one comes first. */
  footer?: ReactNode;
  wide?: boolean | undefined;
};

/** Asks or shows one thing above the page; a sheet from below on a phone. Never open one from another. */
export function Dialog({ open, onOpenChange, title, description, children, footer, wide }: DialogProps) {
  const words = useWords();
  const wayBack = useWayBack();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* above a panel that stands open beside its list */}
        <Radix.Overlay className={cn(veil, 'z-50')} />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          {...wayBack}
          onInteractOutside={spareToasts}
          className={cn(
            'fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise-in flex-col rounded-t-card border bg-raised shadow-float outline-none',
            'sm:bottom-auto sm:top-[12vh] sm:mx-auto sm:max-h-[80dvh] sm:w-full sm:rounded-card',
            wide ? 'sm:max-w-2xl' : 'sm:max-w-lg',
          )}
        >
          <div className="flex items-start gap-4 px-4 pt-4 sm:px-6 sm:pt-5">
            <div className="min-w-0 flex-1 pt-1.5">
              <Radix.Title className="text-lg">{title}</Radix.Title>
              {description ? <Radix.Description className="mt-1 text-ink-muted">{description}</Radix.Description> : null}
            </div>
            <Radix.Close asChild>
              <IconButton label={words.close} icon={<X />} className="-mr-2" />
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-6">{children}</div>
          {footer ? <div className="flex flex-col gap-2 border-t px-4 py-3 sm:flex-row-reverse sm:px-6">{footer}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export type ConfirmTypedProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen and that it cannot be undone. */
  children: ReactNode;
  /** What must be typed, such as the number of the record. */
  word: string;
  confirmLabel: string;
  onConfirm: () => void;
  busy?: boolean | undefined;
  error?: ReactNode;
};

/** For what cannot be undone: the button works once the word is typed. */
export function ConfirmTyped({ open, onOpenChange, title, children, word, confirmLabel, onConfirm, busy, error }: ConfirmTypedProps) {
  const words = useWords();
  const [typed, setTyped] = useState('');
  const right = typed.trim().toLocaleLowerCase() === word.trim().toLocaleLowerCase();
  const change = (next: boolean) => {
    setTyped('');
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      footer={
        <>
          <Button variant="danger" disabled={!right} loading={busy} onClick={onConfirm}>{confirmLabel}</Button>
          <Button variant="secondary" onClick={() => change(false)}>{words.cancel}</Button>
        </>
      }
    >
      <form method="post" onSubmit={(event) => { event.preventDefault(); if (right && !busy) onConfirm(); }} className="space-y-4">
        <div>{children}</div>
        <Field label={fill(words.typeToConfirm, { word })} error={error}>
          <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} />
        </Field>
      </form>
    </Dialog>
  );
}

export type SidePanelProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** Under the title: status, number. */
  meta?: ReactNode;
  /** Beside the close button, such as a menu. */
  actions?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  side?: 'right' | 'left' | undefined;
  width?: 'normal' | 'wide' | undefined;
  /** Lets the page behind be used, as when stepping through a table. */
  beside?: boolean | undefined;
};

/** The story of one record, beside its list. Covers a phone whole. */
export function SidePanel({ open, onOpenChange, title, meta, actions, children, footer, side = 'right', width = 'normal', beside }: SidePanelProps) {
  const words = useWords();
  const wayBack = useWayBack();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={!beside}>
      <Radix.Portal>
        {beside ? null : <Radix.Overlay className={veil} />}
        <Radix.Content
          aria-describedby={undefined}
          {...wayBack}
          onInteractOutside={beside ? (event) => event.preventDefault() : spareToasts}
          className={cn(
            'fixed inset-y-0 z-50 flex w-full flex-col border bg-raised shadow-float outline-none',
            side === 'right' ? 'right-0 animate-slide-in border-y-0 border-r-0' : 'left-0 animate-slide-in-left border-y-0 border-l-0',
            width === 'wide' ? 'sm:max-w-2xl' : 'sm:max-w-md',
          )}
        >
          <div className="flex items-start gap-2 border-b px-4 py-3 sm:px-6">
            <div className="min-w-0 flex-1 py-1">
              <Radix.Title className="text-lg">{title}</Radix.Title>
              {meta ? <div className="mt-1 flex flex-wrap items-center gap-2 text-note text-ink-muted">{meta}</div> : null}
            </div>
            {actions}
            <Radix.Close asChild>
              <IconButton label={words.close} icon={<X />} className="-mr-2" />
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-6">{children}</div>
          {footer ? <div className="flex flex-wrap gap-2 border-t px-4 py-3 sm:px-6">{footer}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
