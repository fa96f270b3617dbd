'use client';
import { documentKinds, type DocumentKind } from '@interdomestik/rules/rule-sets';
import { Button, Field, NativeSelect, Notice, Section } from '@interdomestik/ui';
import { Plus } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DocumentDrop } from '~/components/document-drop';
import { PaperList } from '~/components/paper-list';
import type { Outputs } from '~/trpc/outputs';

type Claim = Outputs['claims']['get'];

// i18n-keys: common.documentKinds.*
/** The documents of a claim: what is missing first, then what is there, and more as long as the claim is open. */
export function ClaimDocuments({ claim, closed }: { claim: Claim; closed: boolean }) {
  const t = useTranslations('member.claims');
  const d = useTranslations('member.documents');
  const common = useTranslations('common');
  const [adding, setAdding] = useState(false);
  // what was missing when the page came keeps its place, so that an upload shows where it was made
  const [asked] = useState<readonly DocumentKind[]>(claim.missingDocuments);
  const [kind, setKind] = useState<DocumentKind>('other');
  const others = documentKinds.filter((candidate) => candidate !== 'agreement');
  const missing = closed ? [] : asked;
  const there = claim.documents.filter((paper) => paper.kind === null || !missing.includes(paper.kind));
  return (
    <Section title={common('nav.documents')}>
      {claim.missingDocuments.length > 0 && !closed ? <Notice tone="warning" title={t('missingTitle')} className="mb-4">{t('missingText', { hours: claim.triageHours })}</Notice> : null}
      <div className="space-y-6">
        {missing.map((one) => (
          <Section key={one} level={3} title={common(`documentKinds.${one}`)}>
            <DocumentDrop entity="claim" entityId={claim.id} kind={one} papers={claim.documents.filter((paper) => paper.kind === one)} />
          </Section>
        ))}
        {there.length > 0 ? <PaperList papers={there} /> : missing.length === 0 && !adding ? <p className="text-ink-muted">{t('noDocuments')}</p> : null}
        {closed ? null : adding ? (
          <div>
            <Field label={d('kind')} className="mb-3">
              <NativeSelect value={kind} onChange={(event) => setKind(others.find((one) => one === event.target.value) ?? 'other')} options={others.map((one) => ({ value: one, label: common(`documentKinds.${one}`) }))} />
            </Field>
            <DocumentDrop key={kind} entity="claim" entityId={claim.id} kind={kind} papers={[]} />
          </div>
        ) : <Button variant="secondary" icon={<Plus />} onClick={() => setAdding(true)}>{t('addDocument')}</Button>}
      </div>
    </Section>
  );
}
