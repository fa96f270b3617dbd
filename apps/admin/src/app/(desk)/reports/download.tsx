'use client';
import { Button } from '@interdomestik/ui';
import { Download as DownloadIcon } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Inputs } from '@/trpc/outputs';
import { save } from './save-file';

type Asked = Omit<Inputs['reports']['export'], 'format'>;

/** Takes the report away as a table or on paper; both are on record. */
export function Download({ asked }: { asked: Asked }) {
  const t = useTranslations('reports');
  const make = trpc.reports.export.useMutation({ onSuccess: save });
  const busy = (format: 'csv' | 'pdf') => make.isPending && make.variables.format === format;
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="secondary" icon={<DownloadIcon />} loading={busy('csv')} onClick={() => make.mutate({ ...asked, format: 'csv' })}>{t('downloadCsv')}</Button>
      <Button variant="secondary" icon={<DownloadIcon />} loading={busy('pdf')} onClick={() => make.mutate({ ...asked, format: 'pdf' })}>{t('downloadPdf')}</Button>
    </div>
  );
}
