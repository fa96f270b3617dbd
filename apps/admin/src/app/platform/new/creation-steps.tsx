'use client';
import type { CreationStep } from '@interdomestik/rules/tenants';
import { Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';

type Known = Outputs['platform']['creation']['steps'];

/** How far a country is made, looked at again and again while it is going on. */
export function CreationSteps({ tenantId, known, going = true }: { tenantId: string; known?: Known; going?: boolean }) {
  // i18n-keys: admin.newCountry.creation.*
  const t = useTranslations('admin.newCountry.creation');
  // at the very first there is nothing to find yet
  const [begun, setBegun] = useState(false);
  useEffect(() => {
    if (!going) return;
    const timer = setTimeout(() => setBegun(true), 500);
    return () => clearTimeout(timer);
  }, [going]);
  const creation = trpc.platform.creation.useQuery({ tenantId }, { enabled: going && begun, refetchInterval: 700, retry: false, meta: { quiet: true } });
  const steps: Known = creation.data?.steps ?? known ?? (['tenant', 'rules', 'branches', 'accounts', 'admin', 'open'] satisfies CreationStep[]).map((name) => ({ name, done: false }));
  const next = steps.find(({ done }) => !done)?.name;
  return (
    <ol className="space-y-2" aria-live="polite">
      {steps.map(({ name, done }) => (
        <li key={name}>
          <Status look="plain" tone={done ? 'success' : 'neutral'} shape={done ? 'done' : going && name === next ? 'going' : 'waiting'}>{t(name)}</Status>
        </li>
      ))}
    </ol>
  );
}
