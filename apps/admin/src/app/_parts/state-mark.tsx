'use client';
import { Status, type StatusShape, type StatusTone } from '@interdomestik/ui';
import { useWord } from './use-word';

type Look = readonly [StatusTone, StatusShape?];

const looks: Readonly<Record<string, Readonly<Record<string, Look>>>> = {
  membership: { pending: ['info', 'waiting'], active: ['success'], past_due: ['warning'], paused: ['neutral', 'waiting'], canceled: ['warning', 'going'], lapsed: ['danger'], expired: ['neutral'] },
  claim: {
    draft: ['neutral', 'waiting'], submitted: ['info', 'waiting'], verification: ['info'], evaluation: ['info'], negotiation: ['accent'], court: ['accent'], resolved: ['success'], rejected: ['danger'],
  },
  payment: { pending: ['info', 'waiting'], succeeded: ['success'], failed: ['danger'], refunded: ['neutral'], partly_refunded: ['neutral', 'going'], disputed: ['warning'] },
  instalment: { due: ['info', 'waiting'], overdue: ['warning'], paid: ['success'], canceled: ['neutral', 'done'] },
  invoice: { draft: ['neutral', 'waiting'], issued: ['info'], submitted: ['info'], cleared: ['success'], rejected: ['danger'], paid: ['success'], credited: ['neutral'] },
  clearance: { waiting: ['info', 'waiting'], submitted: ['info', 'going'], cleared: ['success'], rejected: ['danger'] },
  cash: { collected: ['warning', 'waiting'], handed: ['info', 'going'], handed_over: ['info', 'going'], banked: ['success'], returned: ['neutral'] },
  lead: { new: ['info', 'waiting'], contacted: ['info'], payment_pending: ['warning', 'waiting'], converted: ['success'], lost: ['neutral'], disqualified: ['neutral'], expired: ['neutral'] },
  user: { invited: ['info', 'waiting'], active: ['success'], disabled: ['neutral'] },
  document: { pending: ['info', 'waiting'], stored: ['success'], refused: ['danger'], deleted: ['neutral'] },
  transfer: { requested: ['info', 'waiting'], approved: ['success'], rejected: ['danger'], withdrawn: ['neutral'] },
  tenant: { preparing: ['info', 'waiting'], active: ['success'], suspended: ['danger'] },
  webhook: { received: ['info', 'waiting'], processing: ['info', 'going'], done: ['success'], failed: ['warning', 'waiting'], dead: ['danger'], parked: ['warning', 'waiting'] },
  mail: { queued: ['info', 'waiting'], sent: ['success'], failed: ['danger'], mailbox: ['neutral', 'done'] },
};

/** The status of a record as word, shape and colour. */
export function StateMark({ kind, value, look }: { kind: keyof typeof looks; value: string; look?: 'soft' | 'plain' | undefined }) {
  const word = useWord();
  const [tone, shape] = looks[kind]?.[value] ?? ['neutral', undefined];
  return <Status tone={tone} shape={shape} look={look}>{word(`statuses.${kind}`, value)}</Status>;
}
