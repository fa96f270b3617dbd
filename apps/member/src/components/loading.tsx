import { PageColumn, Skeleton, SkeletonCard, SkeletonText } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';

/** A public page on its way. */
export function PublicLoading() {
  const t = useTranslations('common.uiWords');
  return (
    <PageColumn width="text">
      <Skeleton className="mb-6 h-8 w-2/3" />
      <SkeletonText lines={5} label={t('loading')} />
    </PageColumn>
  );
}

/** A member's page of cards on its way. */
export function CardsLoading() {
  const t = useTranslations('common.uiWords');
  return (
    <div>
      <Skeleton className="mb-6 h-8 w-1/2 max-w-xs" />
      <div className="space-y-4">
        <SkeletonCard label={t('loading')} />
        <SkeletonCard />
        <SkeletonCard />
      </div>
    </div>
  );
}

/** A member's form on its way. */
export function FormLoading() {
  const t = useTranslations('common.uiWords');
  return (
    <div className="max-w-xl">
      <Skeleton className="mb-6 h-8 w-1/2 max-w-xs" />
      <div className="space-y-6">
        {[0, 1, 2].map((row) => (
          <div key={row}>
            <Skeleton className="mb-2 h-4 w-32" />
            <Skeleton className="h-11" />
          </div>
        ))}
      </div>
      <span role="status" className="sr-only">{t('loading')}</span>
    </div>
  );
}
