'use client';
import { isCurrency, money } from '@interdomestik/rules/money';
import { Flag, KeyValue, Money, Notice, Section, Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../_parts/use-formats';
import type { PackContent } from './pack';

/** What a country begins with, to be looked at before it is made. */
export function PackView({ pack }: { pack: PackContent }) {
  // i18n-keys: common.languages.*, common.paymentMethods.*
  const t = useTranslations('admin.newCountry');
  const c = useTranslations('common');
  const formats = useFormats();
  const takesCards = pack.routes.some(({ method }) => method === 'card');
  return (
    <div className="space-y-8">
      <h2 className="flex items-center gap-3 text-xl"><Flag country={pack.countryCode} />{pack.name}</h2>
      {pack.demoIssuer ? <Notice tone="warning" title={t('demoTitle')}>{t('demoHelp')}</Notice> : null}
      <KeyValue
        className="border-y"
        items={[
          { label: c('fields.country'), value: `${pack.country} (${pack.countryCode})` },
          { label: t('address'), value: <code>{pack.slug}</code> },
          { label: t('languages'), value: pack.locales.map((code) => (code === pack.defaultLocale ? t('firstLanguage', { language: c(`languages.${code}`) }) : c(`languages.${code}`))).join(', ') },
          { label: t('currencies'), value: pack.currencies.join(', ') },
          { label: t('zone'), value: pack.zone },
          { label: t('vat'), value: pack.vat.map(({ rateBp }) => formats.percent(rateBp)).join(', ') },
          { label: t('holidays'), value: pack.holidaysOf === null ? t('closedDays', { count: pack.closedDays }) : t('holidaysOf', { country: pack.holidaysOf, count: pack.closedDays }) },
          { label: c('fields.personalNumber'), value: pack.asksPersonalNumber ? t('asked') : t('notAsked') },
        ]}
      />
      <Section title={t('plans')}>
        <KeyValue
          className="border-y"
          items={pack.plans.map((plan) => ({
            label: plan.title,
            value: plan.prices.length === 0 ? t('quoted') : (
              <span className="flex flex-wrap gap-x-4">
                {plan.prices.map(({ minor, currency }) => <Money key={currency}>{isCurrency(currency) ? formats.money(money(BigInt(minor), currency)) : minor}</Money>)}
              </span>
            ),
          }))}
        />
      </Section>
      <Section title={t('branches')}>
        <KeyValue className="border-y" items={pack.branches.map(({ name, city, isDefault }) => ({ label: name, value: isDefault ? t('defaultBranch', { city }) : city }))} />
      </Section>
      <Section title={t('ways')}>
        <p>{pack.routes.map(({ method, currencies }) => `${c(`paymentMethods.${method}`)} (${currencies.join(', ')})`).join(', ')}</p>
        {takesCards ? <p className="mt-1 text-note text-ink-muted">{t('cardsLater')}</p> : null}
      </Section>
      <Section title={t('legalTexts')}>
        <LegalTexts texts={pack.legalTexts} />
      </Section>
    </div>
  );
}

function LegalTexts({ texts }: { texts: PackContent['legalTexts'] }) {
  // i18n-keys: admin.settings.legal.keys.*, common.languages.*
  const t = useTranslations('admin.newCountry');
  const l = useTranslations('admin.settings.legal.keys');
  const c = useTranslations('common.languages');
  return (
    <KeyValue
      className="border-y"
      items={texts.map(({ key, present, missing }) => ({
        label: l(key),
        value: !present ? (
          <Status tone="neutral" shape="ended">{t('absent')}</Status>
        ) : missing.length === 0 ? (
          <Status tone="success" shape="done">{t('complete')}</Status>
        ) : (
          <Status tone="warning" shape="warning">{t('missingIn', { languages: missing.map((code) => c(code)).join(', ') })}</Status>
        ),
      }))}
    />
  );
}
