import { EmptyState } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

export default async function MailboxPage() {
  const t = await getTranslations('admin.mailbox');
  return <div className="hidden rounded-card border border-dashed px-6 lg:block"><EmptyState title={t('chooseTitle')}>{t('chooseHelp')}</EmptyState></div>;
}
