import type { ReactNode } from 'react';
import { Dunning } from '~/components/dunning';
import { MemberFrame } from '~/components/member-frame';
import { caller } from '~/server/caller';
import { languageChoices, siteFacts } from '~/server/site';
import { viewer } from '~/server/viewer';

export default async function MemberLayout({ children }: { children: ReactNode }) {
  const me = await viewer();
  const api = await caller();
  const [facts, { unread }, dunning] = await Promise.all([siteFacts(), api.notifications.unread(), api.memberships.dunning()]);
  return (
    <MemberFrame
      tenant={{ name: facts.name, country: facts.countryCode }}
      languages={languageChoices(facts.locales)}
      person={{ name: `${me.firstName} ${me.lastName}`.trim(), email: me.email }}
      unread={unread}
    >
      <Dunning dunning={dunning} />
      {children}
    </MemberFrame>
  );
}
