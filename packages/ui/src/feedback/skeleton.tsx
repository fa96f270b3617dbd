import { statGrid } from '../display/stat-grid';
import { cn } from '../lib/cn';

/** A grey place for something that is on its way. Give it the size of what comes. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <span aria-hidden="true" className={cn('block h-4 w-full animate-breathe rounded-small bg-line', className)} />;
}

/** Lines of text on their way. `label` is read aloud once. */
export function SkeletonText({ lines = 3, label, className }: { lines?: number | undefined; label?: string | undefined; className?: string | undefined }) {
  return (
    <div role={label ? 'status' : undefined} className={cn('space-y-3', className)}>
      {label ? <span className="sr-only">{label}</span> : null}
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} className={index === lines - 1 ? 'w-3/5' : 'w-full'} />
      ))}
    </div>
  );
}

/** A card on its way, as high as the real one. */
export function SkeletonCard({ label, className }: { label?: string | undefined; className?: string | undefined }) {
  return (
    <div className={cn('rounded-card border bg-raised p-4', className)}>
      <Skeleton className="mb-4 h-5 w-2/5" />
      <SkeletonText lines={2} label={label} />
    </div>
  );
}

/** Figures of a dashboard on their way, in the grid the real ones take. */
export function SkeletonStats({ count = 6, label }: { count?: number | undefined; label?: string | undefined }) {
  return (
    <div role={label ? 'status' : undefined} className="@container">
      {label ? <span className="sr-only">{label}</span> : null}
      <div className={statGrid}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="rounded-card border bg-raised p-4">
          <Skeleton className="mb-3 h-3 w-1/2" />
          <Skeleton className="mb-2 h-7 w-2/3" />
          <Skeleton className="h-3 w-3/4" />
        </div>
      ))}
      </div>
    </div>
  );
}
