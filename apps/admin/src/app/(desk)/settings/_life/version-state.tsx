'use client';
import { Status, type StatusShape, type StatusTone } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Version } from './types';

const looks: Readonly<Record<Version['state'], readonly [StatusTone, StatusShape?]>> = {
  draft: ['neutral', 'waiting'], validated: ['info', 'going'], approved: ['info', 'done'], scheduled: ['accent', 'waiting'], in_force: ['success'], superseded: ['neutral'], withdrawn: ['neutral', 'failed'],
};

// i18n-keys: settings.states.*
/** Where a version stands, as word, shape and colour. */
export function VersionState({ state, look }: { state: Version['state']; look?: 'soft' | 'plain' | undefined }) {
  const t = useTranslations('settings.states');
  const [tone, shape] = looks[state];
  return <Status tone={tone} shape={shape} look={look}>{t(state)}</Status>;
}
