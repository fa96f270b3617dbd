'use client';
import { Button, Dialog, Notice, toast } from '@interdomestik/ui';
import { money, moneyToJson } from '@interdomestik/rules/money';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAskedOnce } from '@/trpc/asked-once';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { CopyText } from '../../_parts/copy-text';
import { RecordLine, RecordLines } from '../../_parts/record-lines';
import { StateMark } from '../../_parts/state-mark';
import { useFormats } from '../../_parts/use-formats';
import { Sum } from '../../_parts/values';
import { CountedField } from './counted-field';

type Schedule = Outputs['instalments']['ofMember'][number];
type Part = Schedule['parts'][number];

/** What the member pays in parts, with what is paid, due and late; nothing where everything was paid at once. */
export function MemberInstalments({ memberId }: { memberId: string }) {
  const schedules = trpc.instalments.ofMember.useQuery({ memberId });
  return <>{(schedules.data ?? []).map((schedule) => <ScheduleLines key={schedule.membershipId} schedule={schedule} />)}</>;
}

function ScheduleLines({ schedule }: { schedule: Schedule }) {
  const t = useTranslations('common.instalments');
  const m = useTranslations('admin.members.instalments');
  const formats = useFormats();
  const utils = trpc.useUtils();
  const [taking, setTaking] = useState<Part | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const send = trpc.instalments.sendLink.useMutation({ onSuccess: ({ url }) => { setLink(url); toast.success(m('linkSent')); void utils.members.invalidate(); } });
  const { parts, planTitle, left, by } = schedule;
  const begun = parts[0]?.status === 'paid';
  return (
    <div>
      <RecordLines title={`${planTitle}: ${t('title')}`} empty={null}>
        {parts.map((part) => (
          <RecordLine
            key={part.id}
            title={t('part', { number: part.number, parts: parts.length })}
            note={part.paidAt === null ? t('dueOn', { date: formats.day(part.dueOn) }) : t('paidOn', { date: formats.dayOf(part.paidAt) })}
            status={<StateMark kind="instalment" value={part.overdue ? 'overdue' : part.status} look="plain" />}
            end={<Sum value={part.amount} />}
          />
        ))}
      </RecordLines>
      {left.minor === 0n ? null : <p className="mt-2 text-note text-ink-muted">{t('left', { amount: formats.money(left) })}</p>}
      {parts.filter((part) => part.next && begun).map((part) => (
        <div key={part.id} className="mt-3">
          {by === 'cash' ? <Button size="small" onClick={() => setTaking(part)}>{m('take')}</Button> : <Button size="small" variant="secondary" loading={send.isPending} onClick={() => send.mutate({ id: part.id })}>{m('sendLink')}</Button>}
        </div>
      ))}
      {link === null ? null : <div className="mt-2"><p className="mb-2 break-all text-note text-ink-muted">{link}</p><CopyText text={link} label={m('sendLink')} /></div>}
      <Dialog open={taking !== null} onOpenChange={() => setTaking(null)} title={m('takeTitle')}>
        {taking === null ? null : <TakePart key={taking.id} part={taking} onDone={() => setTaking(null)} />}
      </Dialog>
    </div>
  );
}

/** Counts the cash of one part: exactly the part, once. */
function TakePart({ part, onDone }: { part: Part; onDone: () => void }) {
  const m = useTranslations('admin.members.instalments');
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const [tendered, setTendered] = useState<string | null>(null);
  const keyOf = useAskedOnce();
  const { currency } = part.amount;
  const collect = trpc.instalments.collect.useMutation({
    meta: { quiet: true },
    onSuccess: ({ receiptCode }) => {
      toast.success(m('taken', { code: receiptCode }));
      onDone();
      void utils.invalidate();
    },
  });
  const wrong = collect.isError ? fieldErrors(collect.error)['amountTendered'] : undefined;
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (tendered === null || collect.isPending) return;
        const taken = { id: part.id, amountTendered: moneyToJson(money(BigInt(tendered), currency)) };
        collect.mutate({ ...taken, idempotencyKey: keyOf(taken) });
      }}
    >
      <p>{m('takeHelp')}</p>
      {collect.isError && wrong === undefined ? <Notice tone="danger" live>{errorText(collect.error)}</Notice> : null}
      <CountedField amount={part.amount} value={tendered} onValueChange={setTendered} error={wrong === undefined ? '' : errorText(wrong)} />
      <Button type="submit" loading={collect.isPending} disabled={tendered === null}>{m('take')}</Button>
    </form>
  );
}
