import { isLocale, locales } from '@interdomestik/rules';
import { localeNames } from '@interdomestik/i18n';
import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { idOf, readQuery, type Query } from '../../_parts/query';
import { EnrolWizard } from './enrol-wizard';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.enrol'))('title') };
}

export default async function EnrolPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('members.enrol');
  // who sells holds the cash and looks after the member: that is a person of the tenant, never a super admin
  if (me.kind !== 'user') notFound();
  const [get, api, t, { locale }] = await Promise.all([readQuery(searchParams), caller(), getTranslations('admin.enrol'), requestContext()]);
  const leadId = idOf(get('lead'));
  const [plans, site, terms, privacy, marketing, lead] = await Promise.all([
    needed(api.enrolments.plans()), needed(api.site.current()), needed(api.site.legalText({ key: 'terms' })), needed(api.site.legalText({ key: 'privacy' })),
    needed(api.site.legalText({ key: 'consentMarketing' })), leadId === undefined ? null : needed(api.leads.get({ id: leadId })),
  ]);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead title={t('title')} className="print:hidden" />
      <EnrolWizard
        plans={plans}
        country={site.country}
        required={site.enrolment.requiredFields}
        referralAllowed={site.enrolment.referralAllowed}
        languages={locales.filter((code) => me.tenant.locales.includes(code)).map((code) => ({ value: code, label: localeNames[code] }))}
        memberLocale={isLocale(site.defaultLocale) ? site.defaultLocale : locale}
        texts={{ terms, privacy, marketing }}
        takesCash={me.can('cash.collect')}
        lead={lead === null ? null : { id: lead.id, firstName: lead.firstName, lastName: lead.lastName, phone: lead.phone ?? '', email: lead.email ?? '', planCode: lead.planCode ?? '' }}
      />
    </div>
  );
}
