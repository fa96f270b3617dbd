import { cn } from '../lib/cn';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'normal' | 'small' | 'large';

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-accent-contrast hover:bg-accent-strong',
  secondary: 'border-line-strong bg-raised text-ink hover:border-ink-muted hover:bg-sunken',
  ghost: 'border-transparent bg-transparent text-ink hover:bg-sunken',
  danger: 'border-transparent bg-danger-solid text-on-danger hover:bg-danger-strong',
};
const sizes: Record<ButtonSize, string> = {
  normal: 'min-h-control px-4 text-body',
  small: 'min-h-control-small px-3 text-sm',
  large: 'min-h-12 px-6 text-base',
};

/** The classes of a button, for an element that must look like one. */
export function buttonClass(variant: ButtonVariant = 'primary', size: ButtonSize = 'normal', wide = false): string {
  return cn(
    'relative inline-flex items-center justify-center gap-2 rounded-control border font-semibold text-center no-underline transition-colors',
    'select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55',
    '[&_svg]:size-[1.15em] [&_svg]:shrink-0',
    variants[variant],
    sizes[size],
    wide && 'w-full',
  );
}
