'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

interface Dynamic {
  (key: string, values?: Readonly<Record<string, string | number>>): string;
  has(key: string): boolean;
}

/** A translator of notifications as they are stored: a kind and its values. A kind that nobody knows any more says nothing. */
export function useNotificationWords(): (notification: { kind: string; params: Readonly<Record<string, string | number>> }) => { title: string; body: string } | null {
  // i18n-keys: notifications.*
  const t = useTranslations('notifications') as unknown as Dynamic;
  // values that are words of ours arrive as their names
  const stages = useTranslations('common.statuses.claim') as unknown as Dynamic;
  return useCallback(({ kind, params }) => {
    if (!t.has(`${kind}.title`)) return null;
    const stage = params['stage'];
    const said = typeof stage === 'string' && stages.has(stage) ? { ...params, stage: stages(stage) } : params;
    return { title: t(`${kind}.title`, said), body: t(`${kind}.body`, said) };
  }, [t, stages]);
}
