'use client';
import { Badge, Button, toast } from '@interdomestik/ui';
import { MonitorSmartphone } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { deviceName } from '~/lib/device';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

/** Where the person is signed in; each can be ended, or all others at once. */
export function SessionList({ first }: { first: Outputs['accounts']['sessions'] }) {
  const t = useTranslations('member.profile');
  const show = useShow();
  const utils = trpc.useUtils();
  const query = trpc.accounts.sessions.useQuery(undefined, { initialData: first, staleTime: 0 });
  const onSuccess = () => {
    toast.success(t('sessionEnded'));
    void utils.accounts.sessions.invalidate();
  };
  const end = trpc.accounts.endSession.useMutation({ onSuccess });
  const endOthers = trpc.accounts.endOtherSessions.useMutation({ onSuccess });
  const others = query.data.filter(({ current }) => !current).length;
  return (
    <>
      <ul className="divide-y divide-line rounded-card border bg-raised">
        {query.data.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <MonitorSmartphone aria-hidden="true" className="size-5 shrink-0 text-ink-muted" />
            <div className="min-w-0 flex-1 basis-48">
              <p className="font-semibold">{deviceName(session.userAgent) ?? t('unknownDevice')} {session.current ? <Badge tone="accent">{t('thisDevice')}</Badge> : null}</p>
              <p className="text-note text-ink-muted">{session.app === 'admin' ? t('portalAdmin') : t('portalMember')}. {t('lastSeen', { at: show.moment(session.lastSeenAt) })}</p>
            </div>
            {session.current ? null : <Button variant="secondary" size="small" loading={end.isPending && end.variables.id === session.id} onClick={() => end.mutate({ id: session.id })}>{t('endSession')}</Button>}
          </li>
        ))}
      </ul>
      {others > 1 ? <Button className="mt-4" variant="secondary" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>{t('endOthers')}</Button> : null}
    </>
  );
}
