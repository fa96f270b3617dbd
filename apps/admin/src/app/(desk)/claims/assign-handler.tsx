'use client';
import { Select } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useClaimChanged } from './use-claim-changed';

/** Who works on the claim; a choice takes effect at once and can be changed back. */
export function AssignHandler({ claim }: { claim: Outputs['claims']['get'] }) {
  const t = useTranslations('admin.claims');
  const changed = useClaimChanged();
  const handlers = trpc.claims.handlers.useQuery({ id: claim.id });
  const assign = trpc.claims.assign.useMutation({ onSuccess: changed });
  const known = (handlers.data ?? []).map(({ id, firstName, lastName }) => ({ value: id, label: `${firstName} ${lastName}` }));
  const current = claim.handlerId;
  const options = current === null || known.some(({ value }) => value === current) ? known : [...known, { value: current, label: claim.handlerName ?? '–' }];
  const chosen = assign.isPending ? (assign.variables.handlerId ?? '') : (current ?? '');
  return (
    <Select
      aria-label={t('handler')}
      className="w-full max-w-72"
      value={chosen}
      disabled={assign.isPending || handlers.isPending}
      onValueChange={(value) => assign.mutate({ id: claim.id, handlerId: value === '' ? null : value })}
      options={[{ value: '', label: t('nobody') }, ...options]}
    />
  );
}
