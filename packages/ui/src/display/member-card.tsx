import type { CSSProperties, ReactNode } from 'react';
import { cn } from '../lib/cn';

export type MemberCardProps = {
  /** Whose card it is: the organisation. */
  issuer: ReactNode;
  /** Flag or logo beside it. */
  mark?: ReactNode;
  /** What it is: the plan. */
  title: ReactNode;
  /** The holder. */
  name: ReactNode;
  number: { label: ReactNode; value: ReactNode };
  /** At most three: valid until, covers. */
  fields?: readonly { label: ReactNode; value: ReactNode }[] | undefined;
  /** The QR code, as an svg. Stands on white so that a scanner reads it in any theme. */
  qr?: ReactNode;
  /** Read aloud for the code. */
  qrLabel?: string | undefined;
  /** The state in words, such as "Active until 31 December". */
  status?: ReactNode;
  /** Not usable now: the card goes grey, the state says why. */
  inactive?: boolean | undefined;
  className?: string | undefined;
};

/** The card as it would lie in a wallet. Reaches the edges of a phone inside MemberShell; one plain colour. */
export function MemberCard({ issuer, mark, title, name, number, fields = [], qr, qrLabel, status, inactive, className }: MemberCardProps) {
  return (
    <article
      className={cn(
        '-mx-4 flex flex-col px-5 pt-5 pb-6 sm:mx-0 sm:max-w-md sm:rounded-card',
        inactive ? 'bg-[#55615f] text-[#ffffff]' : 'bg-(--card-ground,#0f6b62) text-[#ffffff]',
        className,
      )}
      style={{ '--card-ground': 'var(--tenant-accent-light, #0f6b62)' } as CSSProperties}
    >
      <div className="flex items-center justify-between gap-3">
        <span className="flex items-center gap-2 font-semibold">{mark}{issuer}</span>
        <span className="text-sm font-semibold">{title}</span>
      </div>
      <p className="mt-8 text-xs">{number.label}</p>
      <p className="figures text-lg font-semibold tracking-wide">{number.value}</p>
      <p className="mt-4 text-2xl font-bold">{name}</p>
      {fields.length > 0 ? (
        <dl className="mt-6 flex flex-wrap gap-x-8 gap-y-3">
          {fields.map((field, index) => (
            <div key={index}>
              <dt className="text-xs">{field.label}</dt>
              <dd className="figures font-semibold">{field.value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {status ? <p className="mt-6 font-semibold">{status}</p> : null}
      {qr ? (
        <div role="img" aria-label={qrLabel} className={cn('mt-6 self-center rounded-card bg-[#ffffff] p-4 text-[#10201f] [&_svg]:block [&_svg]:size-48', inactive && 'opacity-60')}>
          {qr}
        </div>
      ) : null}
    </article>
  );
}
