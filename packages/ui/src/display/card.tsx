import type { ReactNode } from 'react';
import { cn } from '../lib/cn';

export type CardProps = {
  title?: ReactNode;
  /** Level of the title. Default 2. */
  level?: 2 | 3 | undefined;
  /** At the end of the head: a standalone TextLink or a menu. */
  action?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  /** No inner space, for a table or a list that reaches the edges. */
  flush?: boolean | undefined;
  className?: string | undefined;
};

/** One thing in a box. Never put a card in a card: inside, use Section or a line. */
export function Card({ title, level = 2, action, children, footer, flush, className }: CardProps) {
  const Heading = `h${level}` as const;
  return (
    <section className={cn('rounded-card border bg-raised', className)}>
      {title || action ? (
        <div className="flex items-center justify-between gap-3 px-4 pt-4 sm:px-5">
          {title ? <Heading className="text-section">{title}</Heading> : <span />}
          {action}
        </div>
      ) : null}
      {children ? <div className={cn(!flush && 'px-4 py-4 sm:px-5', (title || action) && !flush && 'pt-3', flush && (title || action) && 'pt-3')}>{children}</div> : null}
      {footer ? <div className="border-t px-4 py-3 sm:px-5">{footer}</div> : null}
    </section>
  );
}

export type SectionProps = { title: ReactNode; action?: ReactNode; help?: ReactNode; level?: 2 | 3 | undefined; children?: ReactNode; className?: string | undefined };

/** A part of a page under its heading, without a box. */
export function Section({ title, action, help, level = 2, children, className }: SectionProps) {
  const Heading = `h${level}` as const;
  return (
    <section className={className}>
      <div className={cn('mb-3 flex flex-wrap justify-between gap-x-4 gap-y-2', help ? 'items-end' : 'items-center')}>
        <div>
          <Heading className="text-section">{title}</Heading>
          {help ? <p className="text-note text-ink-muted">{help}</p> : null}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}

export type PageHeadProps = {
  title: ReactNode;
  /** Under the title: status, number, a sentence. */
  meta?: ReactNode;
  /** Way back, such as a TextLink. */
  back?: ReactNode;
  /** At most one primary button. */
  actions?: ReactNode;
  className?: string | undefined;
};

/** The head of a page: its one h1 and what can be done. */
export function PageHead({ title, meta, back, actions, className }: PageHeadProps) {
  return (
    <div className={cn('mb-6', className)}>
      {back ? <div className="mb-1">{back}</div> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-page">{title}</h1>
          {meta ? <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-muted">{meta}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
