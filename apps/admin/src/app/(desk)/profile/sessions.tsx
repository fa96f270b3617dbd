'use client';
import { Badge, Button, Card, toast } from '@interdomestik/ui';
import { MonitorSmartphone } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { deviceOf } from './device';

type Session = Outputs['accounts']['sessions'][number];

/** The browsers that are signed in as this person; any but this one can be signed out. */
export function Sessions({ sessions }: { sessions: readonly Session[] }) {
  const t = useTranslations('admin.profile');
  const router = useRouter();
  const one = trpc.accounts.endSession.useMutation({ onSuccess: () => { toast.success(t('sessionEnded')); router.refresh(); } });
  const others = trpc.accounts.endOtherSessions.useMutation({ onSuccess: () => { toast.success(t('othersEnded')); router.refresh(); } });
  return (
    <Card
      title={t('sessions')}
      footer={sessions.length > 1 ? <Button variant="secondary" loading={others.isPending} onClick={() => others.mutate()}>{t('endOthers')}</Button> : undefined}
    >
      <p className="mb-3 text-note text-ink-muted">{t('sessionsHelp')}</p>
      <ul className="divide-y divide-line border-t">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} ending={one.isPending && one.variables.id === session.id} onEnd={() => one.mutate({ id: session.id })} />
        ))}
      </ul>
    </Card>
  );
}

function SessionRow({ session, ending, onEnd }: { session: Session; ending: boolean; onEnd: () => void }) {
  const t = useTranslations('admin.profile');
  const formats = useFormats();
  const device = deviceOf(session.userAgent);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <MonitorSmartphone className="size-5 shrink-0 text-ink-muted" aria-hidden="true" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-semibold">{device === null ? t('unknownDevice') : t('device', device)}{session.current ? <Badge tone="accent" className="ml-2">{t('thisDevice')}</Badge> : null}</p>
        <p className="text-note text-ink-muted">{session.app === 'admin' ? t('portalAdmin') : t('portalMember')}. {t('seenAt', { time: formats.moment(session.lastSeenAt) })}</p>
      </div>
      {session.current ? null : <Button size="small" variant="secondary" loading={ending} onClick={onEnd}>{t('endSession')}</Button>}
    </li>
  );
}
