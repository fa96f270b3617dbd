import { Badge, PageHead, UiLink } from '@interdomestik/ui';
import { ArrowRight, Bell, CircleUserRound, Eye, FileText, Phone, ReceiptText, Scale, ShieldCheck, Users } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { SignOutButton } from '~/components/sign-out-button';
import { ThemeChoice } from '~/components/theme-choice';
import { caller } from '~/server/caller';
import { siteFacts } from '~/server/site';
import { viewer } from '~/server/viewer';
import { cookies } from 'next/headers';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('more') };
}

export default async function More() {
  const me = await viewer();
  const [t, more, privacy, facts, { unread }, theme] = await Promise.all([
    getTranslations('common'), getTranslations('member.more'), getTranslations('privacy.mine'), siteFacts(), (await caller()).notifications.unread(), cookies(),
  ]);
  const chosen = theme.get('idm-theme')?.value;
  return (
    <div className="max-w-xl">
      <PageHead title={t('nav.more')} meta={`${me.firstName} ${me.lastName}`} />
      <List>
        <Row href="/notifications" icon={<Bell />} end={unread > 0 ? <Badge tone="accent">{unread}</Badge> : null}>{t('nav.notifications')}</Row>
        <Row href="/payments" icon={<ReceiptText />}>{t('nav.payments')}</Row>
        {me.can('family.write') ? <Row href="/family" icon={<Users />}>{t('nav.family')}</Row> : null}
        {me.can('policies.read') ? <Row href="/policies" icon={<ShieldCheck />}>{t('nav.policies')}</Row> : null}
        <Row href="/profile" icon={<CircleUserRound />}>{t('nav.profile')}</Row>
        <Row href="/privacy" icon={<Eye />}>{privacy('title')}</Row>
      </List>
      <h2 className="mt-8 mb-2 text-section">{more('helpTitle')}</h2>
      <p className="text-ink-muted">{more('helpText')}</p>
      <List className="mt-3">
        <Row href={`tel:${facts.branding.supportPhone.replace(/\s/gu, '')}`} icon={<Phone />}>{facts.branding.supportPhone}</Row>
        <Row href="/legal/terms" icon={<Scale />}>{t('nav.terms')}</Row>
        <Row href="/legal/privacy" icon={<FileText />}>{t('nav.privacy')}</Row>
      </List>
      <div className="mt-8 space-y-6">
        <ThemeChoice value={chosen === 'light' || chosen === 'dark' ? chosen : 'system'} />
        <SignOutButton />
      </div>
    </div>
  );
}

function List({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <ul className={`divide-y divide-line rounded-card border bg-raised ${className}`}>{children}</ul>;
}

function Row({ href, icon, end, children }: { href: string; icon: ReactNode; end?: ReactNode; children: ReactNode }) {
  return (
    <li>
      <UiLink href={href} className="flex min-h-14 items-center gap-4 px-4 py-2 no-underline first:rounded-t-card last:rounded-b-card hover:bg-sunken focus-visible:-outline-offset-2">
        <span aria-hidden="true" className="text-accent [&_svg]:size-5">{icon}</span>
        <span className="min-w-0 flex-1 font-semibold">{children}</span>
        {end}
        <ArrowRight aria-hidden="true" className="size-4 text-ink-faint" />
      </UiLink>
    </li>
  );
}
