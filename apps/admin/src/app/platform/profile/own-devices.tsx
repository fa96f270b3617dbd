'use client';
import { Badge, Button, Card, toast } from '@interdomestik/ui';
import { MonitorSmartphone } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { deviceOf } from '../../(desk)/profile/device';
import { useDeviceMoment } from '../device-moment';

type Session = Outputs['superAdmins']['sessions'][number];

/** The browsers that are signed in as this super admin; any but this one can be signed out. */
export function OwnDevices({ sessions }: { sessions: readonly Session[] }) {
  const t = useTranslations('admin.profile');
  const router = useRouter();
  const one = trpc.superAdmins.endSession.useMutation({ onSuccess: () => { toast.success(t('sessionEnded')); router.refresh(); } });
  const others = trpc.superAdmins.endOtherSessions.useMutation({ onSuccess: () => { toast.success(t('othersEnded')); router.refresh(); } });
  return (
    <Card
      title={t('sessions')}
      footer={sessions.length > 1 ? <Button variant="secondary" loading={others.isPending} onClick={() => others.mutate()}>{t('endOthers')}</Button> : undefined}
    >
      <p className="mb-3 text-note text-ink-muted">{t('sessionsHelp')}</p>
      <ul className="divide-y divide-line border-t">
        {sessions.map((session) => (
          <DeviceRow key={session.id} session={session} ending={one.isPending && one.variables.id === session.id} onEnd={() => one.mutate({ id: session.id })} />
        ))}
      </ul>
    </Card>
  );
}

function DeviceRow({ session, ending, onEnd }: { session: Session; ending: boolean; onEnd: () => void }) {
  const t = useTranslations('admin.profile');
  const s = useTranslations('admin.superAdmins');
  const moment = useDeviceMoment();
  const device = deviceOf(session.userAgent);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <MonitorSmartphone className="size-5 shrink-0 text-ink-muted" aria-hidden="true" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-semibold">{device === null ? t('unknownDevice') : t('device', device)}{session.current ? <Badge tone="accent" className="ml-2">{t('thisDevice')}</Badge> : null}</p>
        <p className="text-note text-ink-muted">{s('signedInSince', { time: moment(session.createdAt) })}. {t('seenAt', { time: moment(session.lastSeenAt) })}</p>
      </div>
      {session.current ? null : <Button size="small" variant="secondary" loading={ending} onClick={onEnd}>{t('endSession')}</Button>}
    </li>
  );
}
