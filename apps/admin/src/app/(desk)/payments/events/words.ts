'use client';
import { eventReasons, eventTopics, type EventReason, type EventTopic } from '@interdomestik/rules/payments';
import { useTranslations } from 'next-intl';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';

export type EventRow = Outputs['webhooks']['list']['items'][number];

const isTopic = (word: string): word is EventTopic => eventTopics.some((one) => one === word);
const isReason = (word: string): word is EventReason => eventReasons.some((one) => one === word);

/** Says of an event what it is about, and why it stands where it stands. */
export function useEventWords() {
  const t = useTranslations('inbox');
  const errorText = useErrorText();
  // i18n-keys: inbox.topics.*, inbox.reasons.*
  return {
    topic: (eventType: string): string => {
      const [word = ''] = eventType.split('.');
      return t(isTopic(word) ? `topics.${word}` : 'topics.other');
    },
    story: ({ status, reason }: Pick<EventRow, 'status' | 'reason'>): string => {
      if (reason === null) return t(status === 'done' ? 'applied' : 'waits');
      const word = reason.replace(/^webhook\./u, '');
      if (isReason(word)) return t(`reasons.${word}`);
      return reason === 'errors.internal' ? t('reasons.internal') : errorText(reason);
    },
  };
}
