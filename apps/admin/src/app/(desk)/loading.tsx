import { Skeleton } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

/** The place of a list page while it is on its way: head, filters, rows. */
export default async function DeskLoading() {
  const t = await getTranslations('common.uiWords');
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="mb-6 h-8 w-48" />
      <div className="mb-3 flex gap-2"><Skeleton className="h-9 w-64" /><Skeleton className="h-9 w-36" /></div>
      <div className="rounded-card border bg-raised">
        {Array.from({ length: 10 }, (_, row) => (
          <div key={row} className="flex h-10 items-center gap-6 border-b px-4 last:border-b-0"><Skeleton className="w-1/4" /><Skeleton className="w-1/6" /><Skeleton className="w-1/6" /></div>
        ))}
      </div>
    </div>
  );
}
