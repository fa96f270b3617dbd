'use client';
import { Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';

/** How far the trail is sealed and what its last check found: a line when all is well, a warning when it is not. */
export function SealState({ state: { sealed, check } }: { state: Outputs['audit']['state'] }) {
  const t = useTranslations('admin.audit.seal');
  const formats = useFormats();
  if (check !== null && check.faults > 0) return <Notice tone="danger" className="mb-4">{t('bad', { at: formats.moment(check.at), count: check.faults })}</Notice>;
  return (
    <p className="mb-4 text-note text-ink-muted">
      {sealed === null ? t('none') : t('until', { at: formats.moment(sealed.at) })} {check === null ? t('unchecked') : t('good', { at: formats.moment(check.at) })}
    </p>
  );
}
