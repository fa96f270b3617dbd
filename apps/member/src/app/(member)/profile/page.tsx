import { KeyValue, PageHead, Section } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BackToMore } from '~/components/back';
import { caller, needed } from '~/server/caller';
import { languageChoices, siteFacts } from '~/server/site';
import { EmailChange } from '~/security/email-change';
import { SecondFactor } from '~/security/second-factor';
import { viewer } from '~/server/viewer';
import { EmailState } from './email-state';
import { PasswordForm } from './password-form';
import { ProfileForm } from './profile-form';
import { SessionList } from './session-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('profile') };
}

export default async function Profile() {
  await viewer('self.read');
  const api = await caller();
  const [t, common, facts, profile, sessions, secondFactor] = await Promise.all([
    getTranslations('member.profile'), getTranslations('common'), siteFacts(), needed(api.accounts.profile()), needed(api.accounts.sessions()), needed(api.secondFactor.state()),
  ]);
  return (
    <div className="max-w-xl space-y-12">
      <div>
        <PageHead title={common('nav.profile')} back={<BackToMore />} />
        <KeyValue
          className="mb-8 border-y"
          items={[
            { label: common('fields.email'), value: <EmailState email={profile.email} verified={profile.emailVerified} /> },
            ...(profile.memberNumber === null ? [] : [{ label: common('fields.memberNumber'), value: <span className="figures">{profile.memberNumber}</span> }]),
            ...(profile.personalNumberMasked === null ? [] : [{ label: common('fields.personalNumber'), value: <span className="figures">{profile.personalNumberMasked}</span> }]),
          ]}
        />
        <ProfileForm profile={profile} country={facts.country} languages={languageChoices(facts.locales)} />
      </div>
      <Section title={common('security.title')}><SecondFactor first={secondFactor} /></Section>
      {profile.email === null ? null : <Section title={common('security.emailTitle')}><EmailChange /></Section>}
      <Section title={t('passwordTitle')} help={t('passwordHelp')}><PasswordForm /></Section>
      <Section title={t('sessionsTitle')} help={t('sessionsHelp')}><SessionList first={sessions} /></Section>
    </div>
  );
}
