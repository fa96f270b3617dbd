'use client';
import type { BankLineStatus } from '@interdomestik/rules/bank';
import { Status, type StatusTone } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';

export type Line = Outputs['bank']['lines']['items'][number];

const tones: Readonly<Record<BankLineStatus, StatusTone>> = { new: 'info', open: 'warning', held: 'warning', booked: 'success', seen: 'success', ignored: 'neutral', returned: 'neutral' };

// i18n-keys: bank.statuses.*, bank.reasons.*
/** Where a movement stands: why it waits, or what became of it. */
export function LineMark({ line }: { line: Pick<Line, 'status' | 'reason'> }) {
  const t = useTranslations('bank');
  return <Status tone={tones[line.status]} look="plain">{line.reason === null ? t(`statuses.${line.status}`) : t(`reasons.${line.reason}`)}</Status>;
}
