'use client';
import { Notice, PageHead, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { BatchState, isAtWork, type Batch } from '../import-list';
import { useImportWord } from '../use-import-words';
import { ReadingForm } from './reading-form';
import { RunProgress } from './run-progress';
import { Result } from './result';

export function ImportPage({ first }: { first: Batch }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const errorText = useErrorText();
  const batch = trpc.imports.get.useQuery({ id: first.id }, { initialData: first, refetchInterval: ({ state }) => (state.data !== undefined && isAtWork(state.data) ? 1000 : false) });
  const { data } = batch;
  const refresh = () => { void batch.refetch(); };
  return (
    <>
      <PageHead back={<TextLink kind="standalone" href="/imports">{t('back')}</TextLink>} title={<span className="break-words">{data.fileName}</span>} meta={<><BatchState batch={data} /><span>{word('kinds', data.kind)}</span></>} />
      {data.errorKey === null ? null : <Notice tone="danger" className="mb-6">{errorText(data.errorKey)}</Notice>}
      {data.status === 'uploaded' ? <ReadingForm batch={data} onChange={refresh} /> : null}
      {data.status === 'running' || data.status === 'undoing' ? <RunProgress batch={data} onChange={refresh} /> : null}
      {data.status === 'uploaded' ? null : <Result batch={data} onChange={refresh} />}
    </>
  );
}
