'use client';
import { isReplayable } from '@interdomestik/rules/payments';
import { Button, ButtonLink, ErrorState, KeyValue, Notice, SidePanel, SkeletonText, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../../_parts/state-mark';
import { useFormats } from '../../../_parts/use-formats';
import { Code, Moment, Sum } from '../../../_parts/values';
import { useEventWords } from './words';

type Event = Outputs['webhooks']['get'];

interface EventPanelProps {
  readonly id: string | null;
  readonly onClose: () => void;
  readonly mayReplay: boolean;
  readonly showsMembers: boolean;
}

const isUnderWay = ({ status }: Pick<Event, 'status'>): boolean => status === 'received' || status === 'processing';

/** One event beside the inbox: what became of it, what the provider says beside what we know, and the way back to work for one that stopped. */
export function EventPanel({ id, onClose, mayReplay, showsMembers }: EventPanelProps) {
  const t = useTranslations('inbox');
  const c = useTranslations('common');
  const a = useTranslations('admin.payments');
  const errorText = useErrorText();
  const words = useEventWords();
  const router = useRouter();
  const event = trpc.webhooks.get.useQuery({ id: id ?? '' }, { enabled: id !== null, refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? 1500 : false) });
  const replay = trpc.webhooks.replay.useMutation({
    onSuccess: ({ replayed }) => {
      toast.success(t(replayed ? 'replayed' : 'notReplayed'));
      void event.refetch();
      router.refresh();
    },
    onError: (error) => toast.error(errorText(error)),
  });
  const data = id === null ? undefined : event.data;
  return (
    <SidePanel
      open={id !== null}
      onOpenChange={onClose}
      beside
      width="wide"
      title={data === undefined ? t('message') : words.topic(data.eventType)}
      meta={data === undefined ? undefined : <><StateMark kind="webhook" value={data.status} /><code className="break-all">{data.eventType}</code><span>{data.accountName}</span></>}
      actions={data?.payment?.payer != null && showsMembers ? <ButtonLink size="small" variant="secondary" href={`/members/${data.payment.payer.id}`}>{a('toMember')}</ButtonLink> : undefined}
      footer={data !== undefined && mayReplay && isReplayable(data.status) ? <Button loading={replay.isPending} onClick={() => replay.mutate({ id: data.id })}>{t('replay')}</Button> : undefined}
    >
      {event.isError ? <ErrorState title={t('notShown')} onRetry={() => void event.refetch()} retrying={event.isFetching}>{errorText(event.error)}</ErrorState> : null}
      {id !== null && event.isPending ? <SkeletonText lines={10} label={c('uiWords.loading')} /> : null}
      {data === undefined ? null : <EventFacts event={data} />}
    </SidePanel>
  );
}

function EventFacts({ event }: { event: Event }) {
  const t = useTranslations('inbox');
  const c = useTranslations('common');
  const a = useTranslations('admin.audit.actors');
  const actors = { platform: a('platform'), system: a('system') };
  const { story } = useEventWords();
  const { count } = useFormats();
  const tone = event.status === 'dead' ? 'danger' : event.status === 'parked' || event.status === 'failed' ? 'warning' : 'info';
  return (
    <div className="space-y-6">
      <Notice tone={tone} title={t('happened')}>{story(event)}</Notice>
      <KeyValue
        items={[
          ...(event.transactionId === null ? [] : [{ label: t('transaction'), value: <Code value={event.transactionId} /> }]),
          ...(event.told === null ? [] : [{ label: t('toldSum'), value: <Sum value={event.told} strong /> }]),
          ...(event.transactionId === null ? [] : [{
            label: t('ourSum'), value: event.payment === null ? t('noPayment') : <span className="flex flex-wrap items-center gap-x-3"><Sum value={event.payment.amount} strong /><StateMark kind="payment" value={event.payment.status} look="plain" /></span>,
          }]),
          ...(event.payment?.payer == null ? [] : [{ label: c('fields.member'), value: event.payment.payer.name }]),
          { label: t('occurred'), value: <Moment value={event.occurredAt} /> },
          { label: t('arrived'), value: <Moment value={event.createdAt} /> },
          { label: t('finished'), value: <Moment value={event.processedAt} /> },
          { label: t('attempts'), value: count(event.attempts) },
          { label: c('fields.number'), value: <span className="figures break-all">{event.eventId}</span> },
          ...(event.replays.length === 0 ? [] : [{ label: t('replays'), value: <ul>{event.replays.map(({ at, actorKind, by }) => <li key={at.toISOString()}><Moment value={at} /> {by ?? actors[actorKind === 'platform' ? 'platform' : 'system']}</li>)}</ul> }]),
        ]}
      />
      <section aria-label={t('payload')} className="space-y-2">
        <h3 className="font-semibold">{t('payload')}</h3>
        {event.masked ? <Notice tone="info">{t('masked')}</Notice> : null}
        <pre className="max-h-96 overflow-auto rounded-control border bg-sunken p-3 text-note whitespace-pre-wrap break-all">{event.payload}</pre>
      </section>
    </div>
  );
}
