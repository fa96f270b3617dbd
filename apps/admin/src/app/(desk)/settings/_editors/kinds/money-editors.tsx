'use client';
import { commissionKinds } from '@interdomestik/rules/rule-sets';
import { Card } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useSay } from '../../_kinds/use-say';
import type { EditorProps } from '../editor';
import { AmountsField, ManyField, PercentField, TextField } from '../fields';
import { useExampleNumbers } from '../invoicing/use-example-numbers';

/** What sellers earn. */
export function CommissionsEditor({ value, plans, currencies }: EditorProps<'commissions'>) {
  const t = useTranslations('admin.settings.commissions');
  const e = useTranslations('settings.editors');
  const say = useSay();
  const example = useExampleNumbers(1);
  return (
    <div className="space-y-4">
      <Card title={t('share')} level={3}>
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
          {commissionKinds.map((kind) => <PercentField key={kind} path={`percentBp.${kind}`} label={say.word('common.commissionKinds', kind)} />)}
        </div>
      </Card>
      <Card>
        <div className="space-y-6">
          <ManyField path="businessPlans" label={e('businessPlans')} help={e('businessPlansHelp')} options={plans.map(({ code, title }) => ({ value: code, label: title }))} />
          <AmountsField path="minimumPayout" label={t('minimum')} help={e('minimumPayoutHelp')} currencies={currencies} />
          <TextField path="payoutPattern" label={t('payoutNumber')} help={example(value.payoutPattern, '')} chars={32} />
        </div>
      </Card>
    </div>
  );
}
