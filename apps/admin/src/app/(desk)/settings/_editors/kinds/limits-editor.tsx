'use client';
import { limitsSchema } from '@interdomestik/rules/rule-sets';
import { Card } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { EditorProps } from '../editor';
import { AmountsField, ManyField, NumberField, RadioField } from '../fields';

const fileTypes = limitsSchema.shape.upload.shape.types.element.options;
const bytesOfMegabyte = 1024 * 1024;

/** How much and how often. */
export function LimitsEditor({ currencies }: EditorProps<'limits'>) {
  const t = useTranslations('admin.settings.limits');
  const e = useTranslations('settings.editors');
  const u = useTranslations('settings.units');
  return (
    <div className="space-y-4">
      <Card title={e('money')} level={3}><AmountsField path="cashPerPayment" label={t('cash')} help={e('cashHelp')} currencies={currencies} /></Card>
      <Card title={e('cashDays')} level={3}>
        <AmountsField path="cashInHand" label={t('inHand')} help={e('cashInHandHelp')} currencies={currencies} />
        <AmountsField className="mt-6" path="cashWriteOff" label={t('writeOff')} help={e('cashWriteOffHelp')} currencies={currencies} />
        <div className="mt-6 grid gap-6 sm:grid-cols-3">
          <NumberField path="cashDays.handOver" label={t('handOver')} unit={u('days')} />
          <NumberField path="cashDays.toBank" label={t('toBank')} unit={u('days')} />
          <NumberField path="cashDays.escalate" label={t('escalate')} unit={u('days')} />
        </div>
      </Card>
      <Card title={e('files')} level={3}>
        <div className="grid gap-6 sm:grid-cols-2">
          <NumberField path="upload.maxBytes" label={t('upload')} unit={u('megabytes')} per={bytesOfMegabyte} />
          <NumberField path="upload.perClaim" label={t('perClaim')} />
          <ManyField path="upload.types" label={t('types')} className="sm:col-span-2" columns={3} options={fileTypes.map((type) => ({ value: type, label: type.slice(type.indexOf('/') + 1).toUpperCase() }))} />
        </div>
      </Card>
      <Card title={e('signIn')} level={3}>
        <div className="grid gap-6 sm:grid-cols-2">
          <NumberField path="login.attempts" label={t('login')} help={e('loginHelp')} />
          <NumberField path="login.windowMinutes" label={e('loginWindow')} unit={u('minutes')} />
          <NumberField path="session.idleMinutes" label={t('idle')} unit={u('minutes')} />
          <NumberField path="session.absoluteHours" label={t('absolute')} unit={u('hours')} />
          <NumberField path="memberSession.idleMinutes" label={t('memberIdle')} unit={u('minutes')} />
          <NumberField path="memberSession.absoluteHours" label={t('memberAbsolute')} unit={u('hours')} />
          <RadioField
            path="secondFactor" label={t('secondFactor')} className="sm:col-span-2"
            options={[{ value: 'required', label: t('secondFactorRequired'), help: e('secondFactorRequiredHelp') }, { value: 'optional', label: t('secondFactorOptional'), help: e('secondFactorOptionalHelp') }]}
          />
        </div>
      </Card>
    </div>
  );
}
