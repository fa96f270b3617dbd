'use client';
import { Button, Field, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Target } from './plan';

interface TargetStepProps {
  readonly targets: readonly Target[];
  readonly targetId: string;
  readonly onChoose: (id: string) => void;
  readonly onNext: () => void;
  readonly onBack: () => void;
}

/** Which branch takes everything over. */
export function TargetStep({ targets, targetId, onChoose, onNext, onBack }: TargetStepProps) {
  const t = useTranslations('admin.branches');
  const c = useTranslations('common.actions');
  const [missing, setMissing] = useState(false);
  return (
    <form
      method="post"
      className="space-y-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (targetId === '') setMissing(true);
        else onNext();
      }}
    >
      <Field group label={t('targetQuestion')} help={t('targetHelp')} error={missing && targetId === '' ? t('targetMissing') : undefined}>
        <RadioCards value={targetId} onValueChange={onChoose} options={targets.map(({ id, name, city }) => ({ value: id, label: name, help: city === name ? undefined : city }))} />
      </Field>
      <div className="flex gap-2"><Button type="submit">{c('continue')}</Button><Button variant="secondary" onClick={onBack}>{c('back')}</Button></div>
    </form>
  );
}
