import { ButtonLink, Notice } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import type { Outputs } from '@/trpc/outputs';

/** What waits for the person, said once at the head of the day; nothing when nothing waits. */
export async function Attention({ waiting }: { waiting: Outputs['dashboard']['attention'] }) {
  const t = await getTranslations('admin.home');
  const lines = [
    ...(waiting.overdueClaims > 0 ? [{ text: t('waitClaims', { count: waiting.overdueClaims }), href: '/claims?late=1', label: t('seeClaims') }] : []),
    ...(waiting.cashToHandOver > 0 ? [{ text: t('waitCash', { count: waiting.cashToHandOver }), href: '/cash', label: t('seeCash') }] : []),
  ];
  if (lines.length === 0) return null;
  return (
    <Notice
      tone="warning"
      className="mb-4"
      title={t('waiting')}
      actions={lines.map(({ href, label }) => <ButtonLink key={href} size="small" variant="secondary" href={href}>{label}</ButtonLink>)}
    >
      {lines.map(({ text }) => <p key={text}>{text}</p>)}
    </Notice>
  );
}
