import { featureFlags, type FlagKey } from '@interdomestik/rules/flags';
import { Notice } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { isPaused } from '~/server/site';

/** Says, before anybody types, that the tenant has paused something; nothing while it goes on as ever. */
export async function Paused({ what, className }: { what: FlagKey; className?: string }) {
  if (!(await isPaused(what))) return null;
  const t = await getTranslations();
  // i18n-keys: errors.flag.*
  return <Notice tone="warning" className={className}>{t(featureFlags[what].refusal)}.</Notice>;
}
