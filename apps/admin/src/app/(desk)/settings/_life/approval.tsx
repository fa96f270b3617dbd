'use client';
import { Button, Card, Notice, toast } from '@interdomestik/ui';
import { Check } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../../_parts/use-formats';
import type { Version } from './types';

/** The second person's word: who wrote it waits, who did not reads the changes above and approves. */
export function Approval({ version, second, primary, onApproved }: { version: Version; second: boolean; primary: boolean; onApproved: (version: Version) => void }) {
  const t = useTranslations('settings.approval');
  const formats = useFormats();
  const errorText = useErrorText();
  const approve = trpc.settings.approve.useMutation({ onSuccess: (approved) => { toast.success(t('done')); onApproved(approved); }, onError: () => undefined });
  const author = version.updatedBy ?? version.createdBy;
  return (
    <Card title={t('title')} level={3}>
      {version.state === 'approved' && version.approvedBy !== null && version.approvedAt !== null ? (
        <Notice tone="success">{t('approvedBy', { name: version.approvedBy.name, moment: formats.moment(version.approvedAt) })}</Notice>
      ) : second ? (
        <>
          <p>{author === null ? t('askUnknown') : t('ask', { name: author.name })}</p>
          {version.note === '' ? null : <blockquote className="mt-2 border-l-2 border-line-strong pl-3 text-ink-muted">{version.note}</blockquote>}
          {approve.error === null ? null : <Notice className="mt-3" tone="danger" live>{errorText(approve.error)}</Notice>}
          <Button className="mt-4" variant={primary ? 'primary' : 'secondary'} icon={<Check />} loading={approve.isPending} onClick={() => approve.mutate({ id: version.id, revision: version.revision })}>{t('approve')}</Button>
        </>
      ) : <Notice tone="info">{t('own')}</Notice>}
    </Card>
  );
}
