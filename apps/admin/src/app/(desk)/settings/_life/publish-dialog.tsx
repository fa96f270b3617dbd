'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { Button, DateInput, Dialog, Field, Input, Notice, RadioCards } from '@interdomestik/ui';
import { useNow, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../../_parts/use-formats';
import { useWord } from '../../../_parts/use-word';
import { clockText, momentOf, nextHour, readClock } from './moment';
import type { Version } from './types';

interface PublishDialogProps {
  readonly version: Version;
  readonly kind: RuleKind;
  /** Name of the branch, or null for the whole country. */
  readonly branch: string | null;
  /** The version that it takes the place of. */
  readonly inForce: number;
  readonly onClose: () => void;
  readonly onPublished: (version: Version) => void;
}

/** From when a draft is to act: at once, or at a time of the country's clock. Says what will happen before it does. */
export function PublishDialog({ version, kind, branch, inForce, onClose, onPublished }: PublishDialogProps) {
  const t = useTranslations('settings.publish');
  const c = useTranslations('common.actions');
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow();
  const formats = useFormats();
  const word = useWord();
  const errorText = useErrorText();
  const first = nextHour(now, zone);
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [day, setDay] = useState<string | null>(first.day);
  const [clock, setClock] = useState(first.clock);
  const [asked, setAsked] = useState(false);
  const publish = trpc.settings.publish.useMutation({ onSuccess: onPublished, onError: () => undefined });
  const moment = when === 'now' ? null : momentOf(day, clock, zone);
  const wrongDay = when === 'later' && asked && day === null;
  const wrongClock = when === 'later' && asked && readClock(clock) === null;
  const what = { rule: word('ruleKinds', kind), version: version.version, before: inForce };
  const send = () => {
    setAsked(true);
    if (when === 'later' && moment === null) return;
    publish.mutate({ id: version.id, revision: version.revision, effectiveFrom: moment });
  };
  return (
    <Dialog
      open onOpenChange={onClose} title={t('title', { version: version.version })} description={branch === null ? t('forCountry', what) : t('forBranch', { ...what, branch })}
      footer={
        <>
          <Button type="submit" form="publish" loading={publish.isPending}>{when === 'now' ? t('now') : t('schedule')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('cancel')}</Button>
        </>
      }
    >
      <form id="publish" method="post" noValidate className="space-y-4" onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('when')} group>
          <RadioCards value={when} onValueChange={(next) => setWhen(next === 'later' ? 'later' : 'now')} options={[{ value: 'now', label: t('atOnce'), help: t('atOnceHelp') }, { value: 'later', label: t('atTime'), help: t('atTimeHelp') }]} />
        </Field>
        {when === 'later' ? (
          <div className="flex flex-wrap gap-4">
            <Field label={t('day')} error={wrongDay ? errorText('errors.date') : undefined}><DateInput value={day} onValueChange={setDay} /></Field>
            <Field label={t('time')} help={t('timeHelp', { zone: zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ') })} error={wrongClock ? t('timeWrong') : undefined}>
              <Input chars={6} inputMode="numeric" autoComplete="off" className="figures" value={clock} onChange={(event) => setClock(event.target.value)} onBlur={() => { const minutes = readClock(clock); if (minutes !== null) setClock(clockText(minutes)); }} />
            </Field>
          </div>
        ) : null}
        <Notice tone="info">
          {when === 'now' ? t('effectNow', what) : moment === null ? t('effectUnknown') : t('effectLater', { ...what, moment: formats.moment(moment) })} {t('running')}
        </Notice>
        {publish.error === null ? null : <Notice tone="danger" live>{errorText(publish.error)}</Notice>}
      </form>
    </Dialog>
  );
}
