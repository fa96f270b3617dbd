import { Card, DateText, Money, Status } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { instalmentLook } from '~/lib/tones';
import { show } from '~/server/show';
import type { Outputs } from '~/trpc/outputs';
import { PayPart } from './pay-part';

type Schedule = Outputs['instalments']['mine'][number];

/** What is paid in parts: what is paid, what is due and when, with the way to pay the next one. */
export async function Instalments({ schedule, paused }: { schedule: Schedule; paused: boolean }) {
  const [c, t, m, f] = await Promise.all([getTranslations('common'), getTranslations('common.instalments'), getTranslations('member.payments'), show()]);
  const { parts, planTitle, left, by } = schedule;
  const begun = parts[0]?.status === 'paid';
  const open = left.minor > 0n;
  return (
    <Card title={`${planTitle}: ${t('title')}`} className="mb-6">
      <ul className="divide-y divide-line border-y">
        {parts.map((part) => {
          const state = part.overdue ? 'overdue' : part.status;
          return (
            <li key={part.id} className="py-3">
              <div className="flex items-baseline justify-between gap-4">
                <span className="font-semibold">{t('part', { number: part.number, parts: parts.length })}</span>
                <Money strong>{f.money(part.amount)}</Money>
              </div>
              <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-note text-ink-muted">
                {/* i18n-keys: common.statuses.instalment.* */}
                <Status {...instalmentLook[state]}>{c(`statuses.instalment.${state}`)}</Status>
                {part.paidAt === null ? <DateText iso={part.dueOn}>{t('dueOn', { date: f.day(part.dueOn) })}</DateText> : <DateText iso={part.paidAt.toISOString()}>{t('paidOn', { date: f.dayOf(part.paidAt) })}</DateText>}
              </div>
              {part.next && begun && by === 'card' && !paused ? <PayPart id={part.id} className="mt-3">{m('payPart')}</PayPart> : null}
            </li>
          );
        })}
      </ul>
      <p className="mt-3 text-note text-ink-muted">{open ? t('left', { amount: f.money(left) }) : parts.every(({ status }) => status === 'paid') ? t('allPaid') : null}</p>
      {open && by === 'cash' ? <p className="mt-1 text-note text-ink-muted">{m('payAtDesk')}</p> : null}
    </Card>
  );
}
