'use client';
import { notificationChannels, notificationEvents, type NotificationChannel, type NotificationEvent } from '@interdomestik/rules/rule-sets';
import { Card, Checkbox, DataTable, type DataColumn } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useSay } from '../../_kinds/use-say';
import type { EditorProps } from '../editor';
import { fieldId, NumberField, NumbersField, useRuleValue } from '../fields';

/** Who hears of what, and how: a line an event, a box a way. */
export function NotificationsEditor({ value, onChange, readOnly }: EditorProps<'notifications'>) {
  const t = useTranslations('admin.settings.notifications');
  const e = useTranslations('settings.editors');
  const units = useTranslations('settings.units');
  const say = useSay();
  const { beside, error } = useRuleValue('events');
  const titleOf = (event: NotificationEvent) => say.word('notifications', `${event}.title`, { number: '…' });
  const channelsOf = (event: NotificationEvent): readonly NotificationChannel[] => value.events.find((one) => one.event === event)?.channels ?? [];
  const toggle = (event: NotificationEvent, channel: NotificationChannel, on: boolean) => {
    const channels = notificationChannels.filter((one) => (one === channel ? on : channelsOf(event).includes(one)));
    const there = value.events.some((one) => one.event === event);
    onChange({ ...value, events: there ? value.events.map((one) => (one.event === event ? { ...one, channels } : one)) : [...value.events, { event, channels }] });
  };
  const columns: readonly DataColumn<NotificationEvent>[] = [
    { id: 'event', header: t('event'), cell: titleOf, card: 'title' },
    ...notificationChannels.map((channel): DataColumn<NotificationEvent> => {
      const header = channel === 'in_app' ? t('inApp') : t('mail');
      return {
        id: channel, header, width: '9rem',
        cell: (event) => <Checkbox hideLabel label={`${titleOf(event)}: ${header}`} className="w-fit" checked={channelsOf(event).includes(channel)} disabled={readOnly} onChange={(change) => toggle(event, channel, change.target.checked)} />,
      };
    }),
  ];
  return (
    <div className="space-y-4">
      <div id={`${fieldId('events')}-group`} className="relative">
        <div className="mb-2 flex items-center gap-2"><h3 className="text-section">{e('events')}</h3>{beside === null ? null : beside('events', e('events'))}</div>
        {error === undefined ? null : <p className="mb-2 text-note font-semibold text-danger-ink">{error}</p>}
        <DataTable label={e('events')} columns={columns} rows={notificationEvents} rowKey={(event) => event} rowLabel={titleOf} dense empty={null} />
      </div>
      <Card><NumbersField path="renewalReminderDays" label={t('reminders')} help={e('reminderDaysHelp')} /></Card>
      <Card><NumberField path="instalmentReminderDays" label={e('instalmentDays')} help={e('instalmentDaysHelp')} unit={units('days')} chars={4} /></Card>
    </div>
  );
}
