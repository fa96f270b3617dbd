'use client';
import { newId } from '@interdomestik/rules/ids';
import { Button, Steps } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { AdminStep } from './admin-step';
import type { PackContent, Packs, PackSource } from './pack';
import { PackView } from './pack-view';
import { SourceStep } from './source-step';

const steps = ['source', 'content', 'admin'] as const;

/** From a country pack to an open country: choose it, see what is in it, name the first administrator, make it. */
export function NewCountry({ packs }: { packs: Packs }) {
  // i18n-keys: admin.newCountry.steps.*
  const t = useTranslations('admin.newCountry');
  const c = useTranslations('common.actions');
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<{ readonly source: PackSource; readonly content: PackContent; readonly key: string } | null>(null);
  const heading = useRef<HTMLDivElement>(null);
  const go = (to: number) => {
    setAt(to);
    window.scrollTo({ top: 0 });
  };
  useEffect(() => {
    if (at > 0) heading.current?.focus({ preventScroll: true });
  }, [at]);
  return (
    <>
      <Steps className="mb-8" current={at} steps={steps.map((step) => ({ label: t(`steps.${step}`) }))} />
      <div ref={heading} tabIndex={-1} className="outline-none">
        {at === 0 || chosen === null ? (
          <SourceStep
            packs={packs}
            onChosen={(source, content) => {
              // a key for each pack that is chosen: making it twice is making it once
              setChosen({ source, content, key: newId() });
              go(1);
            }}
          />
        ) : at === 1 ? (
          <>
            <PackView pack={chosen.content} />
            <div className="mt-8 flex flex-wrap gap-3">
              <Button onClick={() => go(2)}>{c('continue')}</Button>
              <Button variant="secondary" onClick={() => go(0)}>{t('another')}</Button>
            </div>
          </>
        ) : (
          <AdminStep source={chosen.source} content={chosen.content} idempotencyKey={chosen.key} onBack={() => go(1)} />
        )}
      </div>
    </>
  );
}
