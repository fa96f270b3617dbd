'use client';
import { Notice, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useReason } from './use-reason';
import { useFigureHref, type Figures } from './shared';

/** What the figures do not tell: records that could not be compared, and changes that no past record can show. */
export function LeftOut({ figures: { uncompared, notes } }: { figures: Figures }) {
  const t = useTranslations('simulation');
  const reasonOf = useReason();
  const hrefOf = useFigureHref();
  if (uncompared.length === 0 && notes.length === 0) return null;
  // i18n-keys: simulation.notes.*
  const noteOf = t as unknown as (key: string, values: { count: number }) => string;
  return (
    <Notice tone="neutral" title={t('leftOutTitle')} actions={uncompared.length === 0 ? undefined : <TextLink href={hrefOf('uncompared')}>{t('seeThem')}</TextLink>}>
      <ul className="list-disc space-y-1 ps-5">
        {uncompared.map(({ entity, key, count }) => <li key={`${entity} ${key}`}>{t('leftOut', { count, reason: reasonOf({ key, params: {} }) })}</li>)}
        {notes.map(({ key, count }) => <li key={key}>{noteOf(`notes.${key}`, { count })}</li>)}
      </ul>
    </Notice>
  );
}
