'use client';
import { accentPair, buttonClass, Card, contrastRatio, Input, Notice, parseHex } from '@interdomestik/ui';
import { inLocale } from '@interdomestik/rules/locales';
import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { useFormats } from '../../../../_parts/use-formats';
import type { EditorProps, StoredRule } from '../editor';
import { fieldId, LocalizedField, RuleField, TextField, useRuleValue } from '../fields';

/** How the tenant looks and is reached, with a preview in both appearances. */
export function BrandingEditor({ value, languages }: EditorProps<'branding'>) {
  const t = useTranslations('admin.settings.branding');
  const e = useTranslations('settings.editors');
  return (
    <div className="space-y-4">
      <Card>
        <div className="space-y-6">
          <LocalizedField path="names" label={e('names')} help={e('namesHelp')} languages={languages} />
          <AccentField />
          <div className="grid gap-6 sm:grid-cols-2">
            <TextField path="supportPhone" label={t('supportPhone')} type="tel" chars={24} />
            <TextField path="supportEmail" label={t('supportEmail')} type="email" />
          </div>
        </div>
      </Card>
      <Preview value={value} />
    </div>
  );
}

function AccentField() {
  const t = useTranslations('admin.settings.branding');
  const e = useTranslations('settings.editors');
  const { value, change, readOnly } = useRuleValue('accent');
  const text = typeof value === 'string' ? value : '';
  const known = parseHex(text) !== null;
  return (
    <RuleField path="accent" label={t('accent')} help={e('accentHelp')}>
      <span className="flex items-center gap-3">
        <Input id={fieldId('accent')} chars={9} value={text} readOnly={readOnly} autoComplete="off" spellCheck={false} onChange={(event) => change(event.target.value.toLowerCase())} />
        <input type="color" aria-label={e('pickColour')} disabled={readOnly} value={known ? text : '#000000'} onChange={(event) => change(event.target.value)} className="size-control cursor-pointer rounded-control border bg-raised p-1" />
      </span>
    </RuleField>
  );
}

/** The grounds of both appearances, as in the theme: the preview shows one of them inside the other. */
const grounds = { light: { '--ink': '#10201f', '--accent-contrast': '#ffffff', paper: '#fbfaf7' }, dark: { '--ink': '#e8eeec', '--accent-contrast': '#0b1312', paper: '#0e1514' } } as const;
const enough = 4.5;

/** What is made of the colour: on a button, as a link, in light and dark, with its contrast. */
function Preview({ value }: { value: StoredRule<'branding'> }) {
  const e = useTranslations('settings.editors');
  const { locale } = useFormats();
  const known = parseHex(value.accent) !== null;
  if (!known) return <Notice tone="warning" live>{e('colourUnknown')}</Notice>;
  const pair = accentPair(value.accent);
  const clamped = pair.light.toLowerCase() !== value.accent.toLowerCase();
  const names = Object.values(value.names).some((name) => name !== undefined && name !== '') ? value.names : null;
  return (
    <Card title={e('preview')} level={3}>
      <div className="grid gap-4 sm:grid-cols-2">
        {(['light', 'dark'] as const).map((mode) => {
          const ratio = Math.floor(contrastRatio(pair[mode], grounds[mode].paper) * 10) / 10;
          const { paper, ...tokens } = grounds[mode];
          const own: CSSProperties & Readonly<Record<`--${string}`, string>> = { ...tokens, '--accent': pair[mode], background: paper, color: 'var(--ink)' };
          return (
            <figure key={mode} style={own} className="rounded-card border p-4">
              <p className="text-lg font-bold">{names === null ? '' : inLocale(names, locale)}</p>
              <p className="mt-1">{value.supportPhone} · <span className="break-all text-accent underline underline-offset-3">{value.supportEmail}</span></p>
              <div className="mt-3"><span className={buttonClass()}>{e('previewButton')}</span></div>
              <figcaption className="mt-3 flex flex-wrap items-center gap-x-3 text-note">
                <span>{mode === 'light' ? e('light') : e('dark')}</span>
                <span className="figures font-semibold">{e(ratio >= enough ? 'contrastEnough' : 'contrastLow', { ratio: String(ratio).replace('.', locale === 'en' ? '.' : ',') })}</span>
              </figcaption>
            </figure>
          );
        })}
      </div>
      {clamped ? <p className="mt-3 text-note text-ink-muted">{e('colourClamped', { colour: pair.light })}</p> : null}
    </Card>
  );
}
