'use client';
import { ButtonLink, KeyValue, Notice, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';

interface DoneProps {
  readonly made: Outputs['platform']['createTenant'];
  readonly name: string;
  /** Where the invitation went; left out where another page asked for it. */
  readonly email?: string | undefined;
}

/** The country is open: where it is, and what comes next. */
export function Done({ made, name, email }: DoneProps) {
  const t = useTranslations('admin.newCountry');
  const host = (origin: string) => <TextLink href={origin} target="_blank">{new URL(origin).host}</TextLink>;
  return (
    <div className="space-y-6">
      <Notice tone="success" live title={t('doneTitle', { name })}>{email === undefined ? t('doneHelp') : t('doneMail', { email })}</Notice>
      <KeyValue className="border-y" items={[{ label: t('memberPortal'), value: host(made.memberPortal) }, { label: t('staffPortal'), value: host(made.staffPortal) }]} />
      <p className="text-ink-muted">{t('doneCards')}</p>
      <ButtonLink href={`/platform/tenants/${made.tenantId}`}>{t('see', { name })}</ButtonLink>
    </div>
  );
}
