'use client';
import { Button, toast } from '@interdomestik/ui';
import { Camera, Download } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { uploadFiles } from '../../_parts/uploads';

/** The picture of a bank's slip: shown where it is, taken where it is not. */
export function SlipPicture({ deposit: { id, documentId, slip } }: { deposit: Outputs['cash']['deposits']['items'][number] }) {
  const t = useTranslations('admin.cash');
  const errorText = useErrorText();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState(false);
  if (documentId !== null) return <a href={`/api/documents/${documentId}`} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 text-accent underline underline-offset-3"><Download className="size-4" aria-hidden="true" />{t('openPicture')}</a>;
  const send = async (file: File) => {
    setSending(true);
    try {
      const [answer] = await uploadFiles('document', { files: [file], input: { entity: 'deposit', entityId: id, kind: 'other' } });
      const outcome = answer?.serverData;
      if (outcome?.status === 'stored') toast.success(t('pictureStored'));
      else toast.error(errorText(outcome?.status === 'rejected' ? outcome.reason : 'errors.storage.refused'));
      router.refresh();
    } catch (error) {
      toast.error(errorText(error instanceof Error && error.message.startsWith('errors.') ? error.message : navigator.onLine ? 'errors.storage.unavailable' : 'errors.offline'));
    } finally {
      setSending(false);
    }
  };
  return (
    <>
      <input
        ref={input} type="file" className="sr-only" tabIndex={-1} aria-label={t('pictureOf', { slip })} accept="application/pdf,image/jpeg,image/png,image/webp,image/heic"
        onChange={(event) => {
          const [file] = [...(event.target.files ?? [])];
          if (file !== undefined) void send(file);
        }}
      />
      <Button size="small" variant="ghost" icon={<Camera />} loading={sending} onClick={() => input.current?.click()}>{t('addPicture')}</Button>
    </>
  );
}
