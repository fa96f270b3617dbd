import { localeNames, locales } from '@interdomestik/i18n';
import type { ReactNode } from 'react';
import { getTranslations } from 'next-intl/server';
import { caller } from '@/server/caller';
import { requestContext } from '@/server/context';
import type { Viewer } from '@/server/viewer';
import { areas } from './areas';
import { DeskFrame } from './desk-frame';

/** Whether the mailbox of this installation is open; only where mails go nowhere else. */
async function hasMailbox(): Promise<boolean> {
  try {
    await (await caller()).mailbox.list();
    return true;
  } catch {
    return false;
  }
}

/** The staff portal around a page: the person's own areas, where they work, who they are. */
export async function Desk({ viewer: me, children }: { viewer: Viewer; children: ReactNode }) {
  const t = await getTranslations('common');
  const [api, context] = await Promise.all([caller(), requestContext()]);
  const isUser = me.kind === 'user';
  const own = areas.filter((area) => area.anyOf.some((permission) => me.can(permission)) && (isUser || area.own !== true));
  const mailbox = own.some(({ key }) => key === 'mailbox') && (await hasMailbox());
  const decides = me.can('transfers.decide');
  const [[details, unread, posts], waiting] = await Promise.all([
    isUser ? Promise.all([api.accounts.me(), api.notifications.unread(), api.staff.ownPosts()]) : ([null, { unread: 0 }, []] as const),
    decides ? api.transfers.waiting() : null,
  ]);
  // i18n-keys: common.roles.*
  const role = me.roles[0];
  return (
    <DeskFrame
      tenant={{ name: me.tenant.name, country: me.tenant.countryCode }}
      branch={details?.branch?.name ?? null}
      wholeTenant={me.reach === 'tenant'}
      person={{ name: `${me.firstName} ${me.lastName}`.trim(), role: role === undefined ? '' : t(`roles.${role}`), isUser }}
      areas={own.filter(({ key }) => key !== 'mailbox' || mailbox).map(({ key }) => key)}
      may={{ enrol: isUser && me.can('members.enrol'), members: me.can('members.read'), leads: me.can('leads.write'), invite: me.can('staff.invite') }}
      posts={posts}
      unread={unread.unread}
      counts={{ transfers: waiting?.count ?? 0 }}
      locale={context.locale}
      languages={locales.filter((locale) => me.tenant.locales.includes(locale)).map((code) => ({ code, name: localeNames[code] }))}
      entry={me.entry === null ? null : { reason: me.entry.reason, expiresAt: me.entry.expiresAt }}
    >
      {children}
    </DeskFrame>
  );
}
