'use client';
import { claimCategories } from '@interdomestik/rules/rule-sets';
import { Button, Field, FormSummary, Notice, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ClaimSteps } from '~/components/claim-steps';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';

type Eligibility = Outputs['claims']['eligibility'];

/** The choice of what a claim is about, also used to change it later. */
export function CategoryField({ eligibility, value, onChange, error }: { eligibility: Eligibility; value: string | null; onChange: (value: string) => void; error: string }) {
  const t = useTranslations('member.claimForm');
  const common = useTranslations('common');
  const excluded = eligibility.excluded.map((category) => common(`claimCategories.${category}`)).join(', ');
  return (
    <Field question group id="category" label={<h1>{t('categoryTitle')}</h1>} help={excluded === '' ? undefined : t('excluded', { list: excluded })} error={error}>
      <RadioCards
        name="category"
        value={value}
        onValueChange={onChange}
        options={eligibility.categories.map(({ category, scope }) => ({
          // i18n-keys: common.claimCategories.*, member.claimForm.categoryHelp.*
          value: category, label: common(`claimCategories.${category}`), help: `${t(`categoryHelp.${category}`)}${scope === 'guidance' ? ` ${t('guidance')}` : ''}`,
        }))}
      />
    </Field>
  );
}

export function StartClaim({ eligibility }: { eligibility: Eligibility }) {
  const t = useTranslations('member.claimForm');
  const common = useTranslations('common.actions');
  const errorText = useErrorText();
  const router = useRouter();
  const [category, setCategory] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const start = trpc.claims.start.useMutation({ onSuccess: ({ id }) => router.push(`/claims/${id}/edit?step=what`), meta: { quiet: true } });
  const known = claimCategories.find((candidate) => candidate === category);
  const asked = attempt > 0 && known === undefined ? errorText('errors.choice') : '';
  const problems = asked !== '' ? [{ fieldId: 'category', message: asked }] : start.error ? [{ message: errorText(start.error) }] : [];
  return (
    <div className="max-w-xl">
      <ClaimSteps id={null} step="category" />
      <form method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAttempt(attempt + 1);
          if (known !== undefined) start.mutate({ category: known });
        }}
      >
        <FormSummary problems={problems} attempt={attempt} />
        {eligibility.mattersLeft === 0 ? <Notice tone="warning" className="mb-6">{t('noMattersLeft')}</Notice> : null}
        <CategoryField eligibility={eligibility} value={category} onChange={setCategory} error={asked} />
        {eligibility.mattersLeft !== null && eligibility.mattersLeft > 0 ? <p className="mt-4 text-note text-ink-muted">{t('mattersLeft', { count: eligibility.mattersLeft })}</p> : null}
        <Button type="submit" size="large" className="mt-6 w-full sm:w-auto" loading={start.isPending || start.isSuccess}>{common('continue')}</Button>
      </form>
    </div>
  );
}
