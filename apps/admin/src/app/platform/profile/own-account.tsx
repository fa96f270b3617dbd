'use client';
import { Card, Field, KeyValue, RadioCards } from '@interdomestik/ui';
import { isLocale } from '@interdomestik/rules/locales';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { SecondFactor } from '@/security/second-factor';
import { remember } from '../../_shell/use-language';
import { OwnDevices } from './own-devices';
import { OwnPassword } from './own-password';

interface OwnAccountProps {
  readonly person: { readonly name: string; readonly email: string };
  readonly sessions: Outputs['superAdmins']['sessions'];
  readonly secondFactor: Outputs['secondFactor']['state'];
  readonly locale: string;
  readonly languages: readonly { readonly code: string; readonly name: string }[];
}

/** A super admin's own account: language, second factor, password, signed-in devices. */
export function OwnAccount({ person, sessions, secondFactor, locale, languages }: OwnAccountProps) {
  const t = useTranslations('admin.profile');
  const s = useTranslations('common.security');
  const c = useTranslations('common.fields');
  const router = useRouter();
  const change = trpc.superAdmins.changeLocale.useMutation({ onSuccess: () => router.refresh() });
  const choose = (code: string) => {
    if (!isLocale(code)) return;
    remember('idm-locale', code);
    change.mutate({ locale: code });
  };
  return (
    <div className="grid max-w-5xl items-start gap-6 lg:grid-cols-2">
      <div className="space-y-6">
        <Card title={t('person')}>
          <KeyValue
            items={[
              { label: c('name'), value: person.name },
              { label: c('email'), value: <span className="break-all">{person.email}</span> },
            ]}
          />
        </Card>
        <Card title={c('language')}>
          <Field group label={c('language')} hideLabel>
            <RadioCards value={locale} onValueChange={choose} options={languages.map(({ code, name }) => ({ value: code, label: <span lang={code}>{name}</span> }))} columns={2} />
          </Field>
        </Card>
      </div>
      <div className="space-y-6">
        <Card title={s('title')}><SecondFactor first={secondFactor} /></Card>
        <Card title={t('passwordTitle')}><OwnPassword email={person.email} /></Card>
        <OwnDevices sessions={sessions} />
      </div>
    </div>
  );
}
