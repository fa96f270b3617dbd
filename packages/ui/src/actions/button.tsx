import type { ComponentProps, ReactNode } from 'react';
import { LoaderCircle } from 'lucide-react';
import { UiLink } from '../context/link';
import { cn } from '../lib/cn';
import { buttonClass } from './button-style';
import type { ButtonSize, ButtonVariant } from './button-style';

type Looks = {
  /** One primary a screen. Default `primary`. */
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** As wide as its box. */
  wide?: boolean | undefined;
  /** An icon before the words. */
  icon?: ReactNode;
};

export type ButtonProps = ComponentProps<'button'> & Looks & {
  /** Busy: keeps its width, cannot be pressed twice, stays focused. */
  loading?: boolean | undefined;
};

/** A button. Its type is `button` unless said otherwise, so a form is only sent by the one that says `submit`. */
export function Button({ variant, size, wide, icon, loading = false, className, children, disabled, onClick, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={loading ? 'button' : type}
      disabled={disabled}
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      onClick={loading ? undefined : onClick}
      className={cn(buttonClass(variant, size, wide), className)}
    >
      <span className={cn('inline-flex items-center justify-center gap-2', loading && 'opacity-0')}>
        {icon}
        {children}
      </span>
      {loading ? (
        <span className="absolute inset-0 grid place-items-center" aria-hidden="true">
          <LoaderCircle className="animate-turn" />
        </span>
      ) : null}
    </button>
  );
}

export type ButtonLinkProps = ComponentProps<'a'> & Looks & { href: string };

/** A link that looks like a button: for going somewhere, not for doing something. */
export function ButtonLink({ variant, size, wide, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <UiLink {...rest} className={cn(buttonClass(variant, size, wide), className)}>
      {icon}
      {children}
    </UiLink>
  );
}

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  /** What it does, in words: read aloud and shown on hover. */
  label: string;
  icon: ReactNode;
  variant?: ButtonVariant | undefined;
  size?: 'normal' | 'small' | undefined;
};

/** A square button of one icon. Never without a name. */
export function IconButton({ label, icon, variant = 'ghost', size = 'normal', className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={rest.title ?? label}
      className={cn(buttonClass(variant), 'shrink-0 px-0', size === 'small' ? 'size-control-small min-h-control-small' : 'size-control', className)}
    >
      {icon}
    </button>
  );
}
