'use client';
import { TextLink, type KeyValueItem } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../_parts/use-formats';
import { DayOf, Moment } from '../../_parts/values';
import type { Colleague } from './colleague';

/** How to reach a colleague, since when and until when they were here, and how far an invitation is. */
export function useContactLines(person: Colleague): KeyValueItem[] {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common.fields');
  const formats = useFormats();
  const { email, phone, invitedUntil } = person;
  return [
    { label: c('email'), value: email === null ? '–' : <TextLink href={`mailto:${email}`} className="break-all">{email}</TextLink> },
    { label: c('phone'), value: phone === null ? '–' : <TextLink href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</TextLink> },
    { label: t('since'), value: <DayOf value={person.createdAt} /> },
    { label: t('lastSeen'), value: person.lastSeenAt === null ? t('never') : <Moment value={person.lastSeenAt} /> },
    ...(person.status === 'invited'
      ? [{ label: t('invitation'), value: person.invitationExpired || invitedUntil === null ? t('invitationExpired') : t('invitedUntil', { date: formats.dayOf(invitedUntil) }) }]
      : []),
  ];
}
