'use client';
import { Button, Field, FileDrop, RadioCards, Section } from '@interdomestik/ui';
import { Download } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { IssueList } from './issue-list';
import type { PackContent, PackIssue, Packs, PackSource } from './pack';

/** Bigger than any pack, and small enough to be sent. */
const mostBytes = 600_000;

/** Which pack: one that has no country yet, or a file. What is wrong in it stands below, each with its place. */
export function SourceStep({ packs, onChosen }: { packs: Packs; onChosen: (source: PackSource, content: PackContent) => void }) {
  const t = useTranslations('admin.newCountry');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const free = packs.filter(({ taken }) => !taken);
  const [builtIn, setBuiltIn] = useState<string | null>(null);
  const [file, setFile] = useState<{ readonly name: string; readonly fault?: string } | null>(null);
  const [issues, setIssues] = useState<readonly PackIssue[]>([]);
  const check = trpc.platform.checkPack.useMutation({ meta: { quiet: true } });
  const utils = trpc.useUtils();

  const look = async (source: PackSource): Promise<string | undefined> => {
    setIssues([]);
    try {
      const { issues: found, content } = await check.mutateAsync({ pack: source });
      if (content !== null && found.length === 0) {
        onChosen(source, content);
        return undefined;
      }
      setIssues(found);
      return t('notRight');
    } catch (error) {
      return errorText(error);
    }
  };
  const take = async (given: File | undefined) => {
    if (given === undefined) return;
    setBuiltIn(null);
    const fault = given.size > mostBytes ? errorText('errors.pack.tooLarge') : await look({ text: await given.text() });
    setFile({ name: given.name, ...(fault === undefined ? {} : { fault }) });
  };
  const download = async (id: string) => {
    const { name, text } = await utils.platform.packFile.fetch({ builtIn: id });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="space-y-8">
      {free.length === 0 ? null : (
        <div>
          <Field group question label={t('builtIn')}>
            <RadioCards value={builtIn} onValueChange={(id) => { setBuiltIn(id); setFile(null); setIssues([]); }} options={free.map(({ id, name }) => ({ value: id, label: name }))} />
          </Field>
          <Button className="mt-4" disabled={builtIn === null} loading={check.isPending && builtIn !== null} onClick={() => { if (builtIn !== null) void look({ builtIn }); }}>{c('continue')}</Button>
        </div>
      )}
      <Field group question={free.length === 0} label={t('file')}>
        <FileDrop
          files={file === null ? [] : [{ id: 'pack', name: file.name, status: file.fault === undefined ? 'done' : 'failed', ...(file.fault === undefined ? {} : { error: file.fault }), retry: false }]}
          onFiles={([given]) => void take(given)}
          onRemove={() => { setFile(null); setIssues([]); }}
          accept="application/json,.json"
          multiple={false}
          camera={false}
          disabled={check.isPending}
          help={t('fileHelp')}
        />
      </Field>
      {issues.length === 0 ? null : <IssueList issues={issues} />}
      <Section title={t('examples')} help={t('examplesHelp')}>
        <div className="flex flex-wrap gap-3">
          {packs.map(({ id, name }) => <Button key={id} variant="secondary" icon={<Download />} onClick={() => void download(id)}>{name}</Button>)}
        </div>
      </Section>
    </div>
  );
}
