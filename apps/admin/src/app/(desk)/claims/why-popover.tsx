'use client';
import { IconButton, Popover, TextLink } from '@interdomestik/ui';
import { Info } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';

type Reason = NonNullable<NonNullable<Outputs['claims']['get']['deadline']>['why']>;

interface WhyProps {
  readonly why: Reason | null;
  readonly title: string;
  readonly kind: 'workflows' | 'products';
  /** Whether the reader may open the rules themselves. */
  readonly seesRules: boolean;
}

/** Why a rule decided what it decided, step by step, with the version that did. Nothing where no reason was kept. */
export function WhyPopover({ why, title, kind, seesRules }: WhyProps) {
  const t = useTranslations('admin.claims.why');
  if (why === null || why.steps.length === 0) return null;
  const version = t(why.branchId === null ? 'version' : 'branchVersion', { version: why.version });
  const branch = why.branchId === null ? '' : `&branch=${why.branchId}`;
  return (
    <Popover title={title} trigger={<IconButton label={title} icon={<Info />} size="small" />}>
      <ul className="list-disc space-y-1 pl-4">
        {why.steps.map((step) => <li key={step}>{step}</li>)}
      </ul>
      <p className="mt-2 text-note text-ink-muted">
        {seesRules && why.source !== 'pack' ? <TextLink href={`/settings/${kind}?version=${String(why.version)}${branch}`}>{version}</TextLink> : version}
      </p>
    </Popover>
  );
}
