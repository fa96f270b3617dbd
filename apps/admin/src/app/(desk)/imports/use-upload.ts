'use client';
import { importPieceBytes } from '@interdomestik/rules';
import type { DropFile } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';

type Kind = 'members' | 'claims' | 'payments';

/** Bytes as text that JSON carries. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Sends a file in pieces, one after the other, and opens its page. */
export function useUpload(kind: Kind) {
  const [file, setFile] = useState<DropFile | null>(null);
  const start = trpc.imports.start.useMutation({ meta: { quiet: true } });
  const add = trpc.imports.addPiece.useMutation({ meta: { quiet: true } });
  const errorText = useErrorText();
  const router = useRouter();
  const send = async (chosen: File): Promise<void> => {
    const shown = { id: chosen.name, name: chosen.name };
    setFile({ ...shown, status: 'uploading', progress: 0 });
    try {
      const { id } = await start.mutateAsync({ kind, name: chosen.name });
      for (let position = 0; position * importPieceBytes < chosen.size; position += 1) {
        const piece = new Uint8Array(await chosen.slice(position * importPieceBytes, (position + 1) * importPieceBytes).arrayBuffer());
        await add.mutateAsync({ id, position, data: base64Of(piece) });
        setFile({ ...shown, status: 'uploading', progress: Math.min(100, ((position + 1) * importPieceBytes * 100) / chosen.size) });
      }
      setFile({ ...shown, status: 'done' });
      router.push(`/imports/${id}`);
    } catch (error) {
      setFile({ ...shown, status: 'failed', error: errorText(error), retry: false });
    }
  };
  return { file, send, clear: () => { setFile(null); } };
}
