'use client';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Camera, CircleAlert, CircleCheck, FileText, RotateCcw, Upload, X } from 'lucide-react';
import { Button, IconButton } from '../actions/button';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { useFieldWiring } from './field-context';

export type DropFile = {
  id: string;
  name: string;
  /** Already in words, such as "1,2 MB". */
  size?: string | undefined;
  /** 0 to 100 while it travels. */
  progress?: number | undefined;
  status: 'uploading' | 'done' | 'failed';
  /** What went wrong and what to do. */
  error?: string | undefined;
  /** False where sending the same file again cannot help. Default true. */
  retry?: boolean | undefined;
  href?: string | undefined;
};

export type FileDropProps = {
  files: readonly DropFile[];
  onFiles: (files: File[]) => void;
  onRemove?: ((id: string) => void) | undefined;
  onRetry?: ((id: string) => void) | undefined;
  /** As in the `accept` attribute. */
  accept?: string | undefined;
  multiple?: boolean | undefined;
  /** Offers the camera first on a phone. Default true. */
  camera?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Said under the buttons: kinds and sizes allowed. */
  help?: ReactNode;
  className?: string | undefined;
};

/** Gives files: the camera first on a phone, dropping on a desk. Each file has its own progress, error and way out. */
export function FileDrop({ files, onFiles, onRemove, onRetry, accept, multiple = true, camera = true, disabled, help, className }: FileDropProps) {
  const words = useWords();
  const made = useId();
  const wiring = useFieldWiring();
  const id = wiring.id ?? made;
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const chosen = [...(list ?? [])];
    if (chosen.length > 0) onFiles(multiple ? chosen : chosen.slice(0, 1));
  };
  const open = (inputId: string) => document.getElementById(inputId)?.click();
  return (
    <div className={className}>
      <div
        onDragOver={(event) => { event.preventDefault(); if (!disabled) setOver(true); }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); if (!disabled) take(event.dataTransfer.files); }}
        className={cn(
          'rounded-control border border-dashed border-line-strong p-4 transition-colors',
          over && 'border-solid border-accent bg-accent-soft',
          wiring['aria-invalid'] && 'border-danger',
        )}
      >
        <div className="flex flex-wrap items-center gap-2">
          {camera ? (
            <Button className="w-full pointer-fine:hidden sm:w-auto" icon={<Camera />} disabled={disabled} onClick={() => open(`${id}-camera`)}>
              {words.takePhoto}
            </Button>
          ) : null}
          <Button id={id} aria-describedby={wiring['aria-describedby']} variant="secondary" className="w-full sm:w-auto" icon={<Upload />} disabled={disabled} onClick={() => open(`${id}-files`)}>
            {words.chooseFiles}
          </Button>
          <span className="hidden text-note text-ink-muted pointer-fine:inline">{words.dropFiles}</span>
        </div>
        {help ? <p className="mt-2 text-note text-ink-muted">{help}</p> : null}
        <input id={`${id}-camera`} type="file" accept="image/*" capture="environment" hidden onChange={(event) => { take(event.target.files); event.target.value = ''; }} />
        <input id={`${id}-files`} type="file" accept={accept} multiple={multiple} hidden onChange={(event) => { take(event.target.files); event.target.value = ''; }} />
      </div>
      {files.length > 0 ? (
        <ul className="mt-2 divide-y divide-line">
          {files.map((file) => (
            <li key={file.id} className="flex items-center gap-3 py-2">
              <FileMark status={file.status} />
              <div className="min-w-0 flex-1">
                <div className="flex items-baseline gap-2">
                  {file.href ? (
                    <a href={file.href} className="-my-2.5 truncate py-2.5 font-semibold text-accent underline underline-offset-3">{file.name}</a>
                  ) : (
                    <span className="truncate font-semibold">{file.name}</span>
                  )}
                  {file.size ? <span className="figures shrink-0 text-note text-ink-muted">{file.size}</span> : null}
                </div>
                {file.status === 'uploading' ? (
                  <progress aria-label={`${words.fileUploading} ${file.name}`} max={100} value={file.progress ?? 0} className="mt-1 block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent" />
                ) : null}
                <p role="status" className={cn('text-note', file.status === 'failed' ? 'font-semibold text-danger-ink' : 'text-ink-muted')}>
                  {file.status === 'failed' ? (file.error ?? words.fileFailed) : file.status === 'done' ? words.fileDone : words.fileUploading}
                </p>
              </div>
              {file.status === 'failed' && onRetry && file.retry !== false ? <IconButton label={`${words.retry}: ${file.name}`} icon={<RotateCcw />} onClick={() => onRetry(file.id)} /> : null}
              {onRemove ? <IconButton label={`${words.removeFile}: ${file.name}`} icon={<X />} onClick={() => onRemove(file.id)} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function FileMark({ status }: { status: DropFile['status'] }) {
  if (status === 'done') return <CircleCheck className="size-5 shrink-0 text-success" aria-hidden="true" />;
  if (status === 'failed') return <CircleAlert className="size-5 shrink-0 text-danger" aria-hidden="true" />;
  return <FileText className="size-5 shrink-0 text-ink-muted" aria-hidden="true" />;
}
