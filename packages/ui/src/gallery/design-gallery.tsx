'use client';
import { useState } from 'react';
import { CreditCard, Ellipsis, FileText, FolderOpen, Gauge, House, Receipt, Settings, Users } from 'lucide-react';
import { Button } from '../actions/button';
import { TextLink } from '../actions/text-link';
import { UiWordsProvider } from '../context/words';
import { Banner } from '../feedback/notice';
import { Toaster } from '../feedback/toaster';
import { CommandTrigger } from '../overlays/command-palette';
import { MemberShell } from '../shells/member-shell';
import { LanguageSwitch, UserMenu } from '../shells/parts';
import { AuthShell, PageColumn, PlainPage, PublicShell } from '../shells/public-shell';
import { StaffShell } from '../shells/staff-shell';
import { Field } from '../forms/field';
import { Input } from '../forms/input';
import { PasswordInput } from '../forms/password-input';
import { FormsPart } from './forms-part';
import { PiecesPart } from './pieces-part';
import { StaffPart } from './staff-part';
import { sampleWords } from './words';

export type GalleryView = 'member' | 'staff' | 'public' | 'auth' | 'plain';
export type DesignGalleryProps = {
  /** Which shell stands around the pieces. Default member. */
  view?: GalleryView | undefined;
};

const tenants = { mk: { name: 'Интердоместик', country: 'MK' }, sq: { name: 'Interdomestik', country: 'XK' } } as const;
const languages = [{ code: 'mk', name: 'Македонски' }, { code: 'sq', name: 'Shqip' }];

/** Every piece of the design system with sample words, for an app's development page. Not for production routes. */
export function DesignGallery({ view = 'member' }: DesignGalleryProps) {
  const [language, setLanguage] = useState<'mk' | 'sq'>('mk');
  const [palette, setPalette] = useState(false);
  const tenant = tenants[language];
  const languageSwitch = <LanguageSwitch languages={languages} current={language} onChoose={(code) => setLanguage(code === 'sq' ? 'sq' : 'mk')} />;
  const user = <UserMenu name="Мила Стојанова" detail="Раководител на подружница" items={[{ kind: 'link', label: 'Мојот профил', href: '#profile' }, { label: 'Одјави се', onSelect: () => undefined }]} />;
  const pieces = <><PiecesPart /><FormsPart /></>;
  return (
    <UiWordsProvider words={sampleWords[language]}>
      <div lang={language}>
        {view === 'member' ? (
          <MemberShell
            tenant={tenant}
            path="/claims/128"
            tools={<>{languageSwitch}{user}</>}
            nav={[
              { href: '/', label: 'Почетна', icon: <House /> },
              { href: '/claims', label: 'Штети', icon: <FileText />, count: 1 },
              { href: '/card', label: 'Картичка', icon: <CreditCard /> },
              { href: '/documents', label: 'Документи', icon: <FolderOpen /> },
              { href: '/more', label: 'Повеќе', icon: <Ellipsis /> },
            ]}
          >
            {pieces}
          </MemberShell>
        ) : null}
        {view === 'staff' ? (
          <StaffShell
            tenant={tenant}
            branch="Тетово"
            path="/members"
            banner={<Banner tone="impersonation" action={<Button size="small" variant="secondary">Излези</Button>}>Вие сте во просторот на Северна Македонија. Сè се запишува.</Banner>}
            command={<CommandTrigger label="Пребарај или направи" onOpen={() => setPalette(true)} />}
            tools={<>{languageSwitch}{user}</>}
            nav={[
              { items: [{ href: '/', label: 'Табла', icon: <Gauge /> }, { href: '/members', label: 'Членови', icon: <Users />, count: '1.284' }, { href: '/claims', label: 'Штети', icon: <FileText />, count: 37 }] },
              { heading: 'Пари', items: [{ href: '/payments', label: 'Уплати', icon: <CreditCard /> }, { href: '/invoices', label: 'Фактури', icon: <Receipt /> }] },
              { heading: 'Подружница', items: [{ href: '/settings', label: 'Поставки', icon: <Settings /> }] },
            ]}
          >
            <StaffPart palette={palette} onPalette={setPalette} />
            {pieces}
          </StaffShell>
        ) : null}
        {view === 'public' ? (
          <PublicShell
            tenant={tenant}
            language={languageSwitch}
            path="/prices"
            nav={[{ href: '/prices', label: 'Цени' }, { href: '/help', label: 'Помош' }, { href: '/branches', label: 'Подружници' }]}
            actions={<><Button variant="ghost" className="hidden sm:inline-flex">Најави се</Button><Button>Стани член</Button></>}
            footer={<p>Интердоместик. Помош при штети. Не сме осигурителна компанија ниту адвокатска канцеларија.</p>}
          >
            <PageColumn width="wide">
              <h1 className="max-w-xl text-3xl">Штета? Ние го водиме случајот, Вие знаете што следува.</h1>
              <p className="mt-4 max-w-prose text-lg text-ink-muted">Членство за 20,00 € годишно, со ДДВ. Без провизија ако ништо не се наплати.</p>
              <div className="mt-6 flex flex-wrap gap-2"><Button size="large">Стани член</Button><Button size="large" variant="secondary">Како работи</Button></div>
            </PageColumn>
          </PublicShell>
        ) : null}
        {view === 'auth' ? (
          <AuthShell tenant={tenant} language={languageSwitch} title="Најавете се" help="Со е-поштата од членството." footer={<TextLink kind="standalone" href="#reset">Ја заборавив лозинката</TextLink>}>
            <form method="post" className="space-y-5" onSubmit={(event) => event.preventDefault()}>
              <Field label="Е-пошта"><Input type="email" autoComplete="username" /></Field>
              <Field label="Лозинка" error="Е-поштата или лозинката не се точни. Обидете се повторно."><PasswordInput autoComplete="current-password" /></Field>
              <Button type="submit" wide>Најави се</Button>
            </form>
          </AuthShell>
        ) : null}
        {view === 'plain' ? <PlainPage title="Оваа страница не постои" actions={<Button>Кон почетна</Button>}>Можеби е преместена или врската е стара.</PlainPage> : null}
        <Toaster />
      </div>
    </UiWordsProvider>
  );
}
