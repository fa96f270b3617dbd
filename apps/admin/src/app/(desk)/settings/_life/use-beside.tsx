'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { Badge, IconButton } from '@interdomestik/ui';
import { Undo2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { sameJson, valueAt } from '../_editors/paths';
import type { DraftWork } from './use-draft-work';
import { Why } from './why';

interface Beside {
  readonly kind: RuleKind;
  readonly branchId: string | null;
  readonly work: DraftWork;
  readonly tenantValue: unknown;
  readonly parts: readonly string[] | null;
  readonly readOnly: boolean;
}

/** What stands beside the name of every field: why it has its value, and for a branch whether it is its own and the way back. */
export function useBeside({ kind, branchId, work, tenantValue, parts, readOnly }: Beside) {
  const t = useTranslations('settings.branch');
  return (path: string, label: string) => {
    const own = branchId !== null && !sameJson(valueAt(work.value, path), valueAt(tenantValue, path));
    const mine = parts === null || parts.includes(path.split('.', 1)[0] ?? '');
    return (
      <>
        {own ? <Badge tone="accent">{t('own')}</Badge> : null}
        {own && mine && !readOnly ? <IconButton label={t('reset', { name: label })} icon={<Undo2 />} size="small" onClick={() => work.reset(path, valueAt(tenantValue, path))} /> : null}
        <Why kind={kind} path={path} label={label} branchId={branchId} doc={work.value} />
      </>
    );
  };
}
