'use client';
import { TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';

/** The way to everything that happened to one record, for those who may read the audit log. */
export function TrailLink({ id }: { id: string }) {
  const t = useTranslations('admin.audit');
  return <p className="mt-4 text-note"><TextLink href={`/audit?record=${id}`}>{t('wholeTrail')}</TextLink></p>;
}
