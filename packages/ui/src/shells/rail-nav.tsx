'use client';
import { UiLink } from '../context/link';
import { cn } from '../lib/cn';
import { Tooltip } from '../overlays/tooltip';
import type { NavGroup, NavItem } from './types';

/** The areas of the rail. Narrow shows icons with their names on hover and for screen readers. */
export function RailNav({ groups, current, narrow, onGo }: { groups: readonly NavGroup[]; current: string | null; narrow: boolean; onGo?: (() => void) | undefined }) {
  return (
    <>
      {groups.map((group, index) => (
        <div key={group.heading ?? index} className={cn(index > 0 && 'mt-4', narrow && index > 0 && 'mt-2 border-t pt-2')}>
          {group.heading && !narrow ? <p className="px-2 pb-1 text-xs font-semibold text-ink-faint">{group.heading}</p> : null}
          <ul className="space-y-0.5" aria-label={group.heading}>
            {group.items.map((item) => (
              <li key={item.href}>
                {narrow ? (
                  <Tooltip text={item.label} side="right"><RailLink item={item} current={item.href === current} narrow /></Tooltip>
                ) : (
                  <RailLink item={item} current={item.href === current} onClick={onGo} />
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function RailLink({ item, current, narrow, ...rest }: { item: NavItem; current: boolean; narrow?: boolean | undefined; onClick?: (() => void) | undefined }) {
  return (
    <UiLink
      {...rest}
      href={item.href}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'flex min-h-control items-center gap-3 rounded-control px-2.5 text-ink-muted no-underline transition-colors hover:bg-sunken hover:text-ink [&_svg]:size-4.5 [&_svg]:shrink-0',
        'aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent',
        narrow && 'justify-center px-0',
      )}
    >
      {item.icon}
      <span className={cn('min-w-0 flex-1 truncate', narrow && 'sr-only')}>{item.label}</span>
      {item.count !== undefined && item.count !== null && !narrow ? <span className="figures text-xs font-semibold">{item.count}</span> : null}
    </UiLink>
  );
}
