'use client';
import { Badge, IconButton } from '@interdomestik/ui';
import { Undo2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { sameJson, valueAt } from '../_editors/paths';
import type { DraftWork } from './use-draft-work';

interface Beside {
  readonly branchId: string | null;
  readonly work: DraftWork;
  readonly tenantValue: unknown;
  readonly parts: readonly string[] | null;
  readonly readOnly: boolean;
}

/** What stands beside the name of every field: for a branch whether its value is its own, and the way back. */
export function useBeside({ branchId, work, tenantValue, parts, readOnly }: Beside) {
  const t = useTranslations('settings.branch');
  return (path: string, label: string) => {
    const own = branchId !== null && !sameJson(valueAt(work.value, path), valueAt(tenantValue, path));
    const mine = parts === null || parts.includes(path.split('.', 1)[0] ?? '');
    return (
      <>
        {own ? <Badge tone="accent">{t('own')}</Badge> : null}
        {own && mine && !readOnly ? <IconButton label={t('reset', { name: label })} icon={<Undo2 />} size="small" onClick={() => work.set(path, valueAt(tenantValue, path))} /> : null}
      </>
    );
  };
}
