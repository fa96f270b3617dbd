import type { ComponentProps } from 'react';
import { UiLink } from '../context/link';
import { cn } from '../lib/cn';

export type TextLinkProps = ComponentProps<'a'> & {
  href: string;
  /** `standalone` is not in a sentence: no underline until hovered, and a full touch target. */
  kind?: 'inline' | 'standalone' | 'quiet' | undefined;
};

/** A link in text. */
export function TextLink({ kind = 'inline', className, ...rest }: TextLinkProps) {
  return (
    <UiLink
      {...rest}
      className={cn(
        'rounded-small underline-offset-3 transition-colors',
        kind === 'inline' && 'text-accent underline hover:text-accent-strong hover:decoration-2',
        kind === 'standalone' && 'inline-flex min-h-control items-center gap-2 font-semibold text-accent hover:underline [&_svg]:size-[1.1em]',
        kind === 'quiet' && 'text-ink-muted underline hover:text-ink',
        className,
      )}
    />
  );
}
