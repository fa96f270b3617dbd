'use client';
import { Card, Field, KeyValue, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useLanguage } from '../../_shell/use-language';
import { useWord } from '../../_parts/use-word';
import { EmailChange } from '@/security/email-change';
import { SecondFactor } from '@/security/second-factor';
import { PasswordForm } from './password-form';
import { Sessions } from './sessions';

interface ProfileProps {
  readonly person: { readonly name: string; readonly email: string | null; readonly roles: readonly string[]; readonly branch: string | null };
  readonly sessions: Outputs['accounts']['sessions'];
  readonly secondFactor: Outputs['secondFactor']['state'];
  readonly locale: string;
  readonly languages: readonly { readonly code: string; readonly name: string }[];
}

/** What is one's own: name and roles, language, address, password, second factor, signed-in devices. */
export function Profile({ person, sessions, secondFactor, locale, languages }: ProfileProps) {
  const t = useTranslations('admin.profile');
  const c = useTranslations('common.fields');
  const s = useTranslations('common.security');
  const word = useWord();
  const changeLanguage = useLanguage(true);
  return (
    <div className="grid max-w-5xl items-start gap-6 lg:grid-cols-2">
      <div className="space-y-6">
        <Card title={t('person')}>
          <KeyValue
            items={[
              { label: c('name'), value: person.name },
              { label: c('email'), value: <span className="break-all">{person.email ?? '–'}</span> },
              { label: t('roles'), value: person.roles.map((role) => word('roles', role)).join(', ') },
              ...(person.branch === null ? [] : [{ label: c('branch'), value: person.branch }]),
            ]}
          />
        </Card>
        <Card title={c('language')}>
          <Field group label={c('language')} hideLabel help={t('languageHelp')}>
            <RadioCards value={locale} onValueChange={changeLanguage} options={languages.map(({ code, name }) => ({ value: code, label: <span lang={code}>{name}</span> }))} columns={2} />
          </Field>
        </Card>
        <Card title={s('emailTitle')}><EmailChange /></Card>
      </div>
      <div className="space-y-6">
        <Card title={s('title')}><SecondFactor first={secondFactor} /></Card>
        <Card title={t('passwordTitle')}><PasswordForm email={person.email} /></Card>
        <Sessions sessions={sessions} />
      </div>
    </div>
  );
}
