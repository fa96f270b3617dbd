'use client';
import { newId } from '@interdomestik/rules/ids';
import type { DocumentKind } from '@interdomestik/rules/rule-sets';
import { FileDrop, type DropFile } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useFileSize } from '~/lib/file-size';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';
import { uploadFiles } from './uploads';

type Paper = Outputs['documents']['mine'][number];
interface Sent { readonly id: string; readonly file: File; readonly progress: number; readonly status: DropFile['status']; readonly error?: string; readonly documentId?: string }

export const acceptedFiles = 'application/pdf,image/jpeg,image/png,image/webp,image/heic';

interface DocumentDropProps {
  readonly entity: 'claim' | 'policy' | 'member';
  readonly entityId: string;
  readonly kind: DocumentKind;
  /** What is there already of this kind. */
  readonly papers: readonly Paper[];
  readonly disabled?: boolean | undefined;
}

/** Takes files of one kind, sends each by itself, and shows how each fares beside those that are there. */
export function DocumentDrop({ entity, entityId, kind, papers, disabled }: DocumentDropProps) {
  const t = useTranslations('member.documents');
  const errorText = useErrorText();
  const size = useFileSize();
  const router = useRouter();
  const utils = trpc.useUtils();
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const patch = (id: string, change: Partial<Sent>) => setSent((all) => all.map((one) => (one.id === id ? { ...one, ...change } : one)));

  const send = async ({ id, file }: Sent) => {
    try {
      const [answer] = await uploadFiles('document', { files: [file], input: { entity, entityId, kind }, onUploadProgress: ({ progress }) => patch(id, { progress }) });
      const outcome = answer?.serverData;
      if (outcome === undefined || outcome === null) patch(id, { status: 'failed', error: 'errors.storage.refused' });
      else if (outcome.status === 'rejected') patch(id, { status: 'failed', error: outcome.reason, documentId: outcome.documentId });
      else patch(id, { status: 'done', progress: 100, documentId: outcome.documentId });
      void utils.claims.invalidate();
      void utils.documents.invalidate();
      router.refresh();
    } catch (error) {
      const said = error instanceof Error && error.message.startsWith('errors.') ? error.message : navigator.onLine ? 'errors.storage.unavailable' : 'errors.offline';
      patch(id, { status: 'failed', error: said });
    }
  };
  const take = (files: File[]) => {
    const fresh = files.map((file): Sent => ({ id: newId(), file, progress: 0, status: 'uploading' }));
    setSent((all) => [...all, ...fresh]);
    for (const one of fresh) void send(one);
  };
  const retry = (id: string) => {
    const one = sent.find((candidate) => candidate.id === id);
    if (one === undefined) return;
    patch(id, { status: 'uploading', progress: 0 });
    void send(one);
  };

  const there = new Set(papers.map(({ id }) => id));
  const files: DropFile[] = [
    ...papers.map((paper): DropFile => ({
      id: paper.id, name: paper.fileName, retry: false, status: paper.status === 'rejected' ? 'failed' : paper.status === 'pending' ? 'uploading' : 'done',
      ...(paper.sizeBytes === null ? {} : { size: size(paper.sizeBytes) }), ...(paper.status === 'pending' ? { progress: 100 } : {}),
      ...(paper.status === 'stored' ? { href: `/api/documents/${paper.id}` } : {}), ...(paper.rejectReason === null ? {} : { error: errorText(paper.rejectReason) }),
    })),
    // once the page knows the file itself, its own line takes over
    ...sent.filter(({ documentId }) => documentId === undefined || !there.has(documentId)).map((one): DropFile => ({
      id: one.id, name: one.file.name, size: size(one.file.size), status: one.status, progress: one.progress, ...(one.error === undefined ? {} : { error: errorText(one.error) }),
    })),
  ];
  const failed = new Set(sent.filter(({ status }) => status === 'failed').map(({ id }) => id));
  return (
    <FileDrop
      files={files}
      onFiles={take}
      onRetry={(id) => { if (failed.has(id)) retry(id); }}
      accept={acceptedFiles}
      disabled={disabled}
      help={t('allowed')}
    />
  );
}
