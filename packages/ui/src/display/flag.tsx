import { cn } from '../lib/cn';

const rays = [0, 45, 90, 135, 180, 225, 270, 315];
const stars = [-7.5, -4.5, -1.5, 1.5, 4.5, 7.5];
const heights = [6.6, 5.6, 5, 5, 5.6, 6.6];

/** A small flag by ISO 3166 code (XK for Kosovo). Decoration: the name of the country stands beside it. Unknown codes show as letters, no code as nothing. */
export function Flag({ country, className }: { country: string; className?: string | undefined }) {
  if (country === '') return null;
  const look = cn('inline-block h-3.5 w-5 shrink-0 overflow-hidden rounded-[2px] align-[-0.15em]', className);
  if (country === 'MK') {
    return (
      <svg viewBox="0 0 28 20" aria-hidden="true" className={look}>
        <rect width="28" height="20" fill="#d20000" />
        {rays.map((angle) => (
          <path key={angle} d="M14 10 L12.2 -12 H15.8 Z" fill="#ffe600" transform={`rotate(${angle} 14 10)`} />
        ))}
        <circle cx="14" cy="10" r="4.4" fill="#d20000" />
        <circle cx="14" cy="10" r="3.5" fill="#ffe600" />
      </svg>
    );
  }
  if (country === 'XK') {
    return (
      <svg viewBox="0 0 28 20" aria-hidden="true" className={look}>
        <rect width="28" height="20" fill="#244aa5" />
        <path d="M13.6 7.4l1.7.9 1.2 1.5 1.9.5.6 1.6-1.2 1.5-1.7.5-.3 1.7-1.5 1.2-1.2-1.6-1.7-.4-1.5-1.2-1.4-1.6.9-1.3 1.6-.6 1.1-1.2z" fill="#d0a650" />
        {stars.map((x, index) => (
          <circle key={x} cx={14 + x} cy={(heights[index] ?? 5) - 1.6} r="0.95" fill="#fff" />
        ))}
      </svg>
    );
  }
  return <span aria-hidden="true" className={cn(look, 'inline-grid w-auto place-items-center bg-sunken px-1 text-[0.625rem] leading-none font-semibold text-ink-muted')}>{country}</span>;
}
