'use client';
import { Button } from '@interdomestik/ui';
import { Download as DownloadIcon } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Inputs } from '@/trpc/outputs';

type Asked = Omit<Inputs['reports']['export'], 'format'>;

function save({ base64, type, fileName }: { base64: string; type: string; fileName: string }): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

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
