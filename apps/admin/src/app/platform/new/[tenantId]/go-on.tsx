'use client';
import { Button, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { CreationSteps } from '../creation-steps';
import { Done } from '../done';

/** A country whose making was interrupted goes on from where it stopped. */
export function GoOn({ tenantId, name, steps }: { tenantId: string; name: string; steps: Outputs['platform']['creation']['steps'] }) {
  const t = useTranslations('admin.newCountry');
  const errorText = useErrorText();
  const finish = trpc.platform.finishTenant.useMutation({ meta: { quiet: true } });
  if (finish.isSuccess) return <Done made={finish.data} name={name} />;
  return (
    <div className="space-y-6">
      <p className="text-ink-muted">{t('unfinished')}</p>
      <CreationSteps tenantId={tenantId} known={steps} going={finish.isPending} />
      {finish.isError ? <Notice tone="danger" live title={t('stopped')}>{errorText(finish.error)}</Notice> : null}
      <Button loading={finish.isPending} onClick={() => finish.mutate({ tenantId })}>{t('goOn')}</Button>
    </div>
  );
}
