'use client';
import { useState } from 'react';
import { Archive, Download, FileText, Pencil, Plus, Trash2 } from 'lucide-react';
import { Button, ButtonLink, IconButton } from '../actions/button';
import { TextLink } from '../actions/text-link';
import { Card, PageHead } from '../display/card';
import { MemberCard } from '../display/member-card';
import { Flag } from '../display/flag';
import { Badge, Status } from '../display/status';
import { Timeline } from '../display/timeline';
import { Avatar, DateText, KeyValue, Money } from '../display/values';
import { Banner, Notice } from '../feedback/notice';
import { SkeletonCard, SkeletonStats } from '../feedback/skeleton';
import { EmptyState, ErrorState } from '../feedback/states';
import { toast, toastUndo } from '../feedback/toaster';
import { ConfirmTyped, Dialog, SidePanel } from '../overlays/dialog';
import { Menu } from '../overlays/menu';
import { Tabs } from '../overlays/tabs';
import { Tooltip } from '../overlays/tooltip';
import { Part } from './part';
import { SampleQr } from './sample-qr';

/** Buttons, words, boxes and what opens above the page. */
export function PiecesPart() {
  const [dialog, setDialog] = useState(false);
  const [panel, setPanel] = useState(false);
  const [typed, setTyped] = useState(false);
  const [busy, setBusy] = useState(true);
  return (
    <>
      <PageHead title="Штета CLM-MK-2026-000128" meta={<><Status tone="info">Во проверка</Status><span>Поднесена <DateText iso="2026-01-14">14.01.2026</DateText></span></>} back={<TextLink kind="standalone" href="#">Сите штети</TextLink>} actions={<><Button icon={<Plus />}>Додади документ</Button><Menu items={[{ label: 'Преземи PDF', icon: <Download />, onSelect: () => undefined }, { label: 'Уреди', icon: <Pencil />, hint: 'E', onSelect: () => undefined }, { kind: 'line' }, { label: 'Повлечи ја штетата', icon: <Trash2 />, danger: true, onSelect: () => undefined }]} /></>} />
      <Part name="Копчиња и врски">
        <div className="flex flex-wrap items-center gap-2">
          <Button>Зачувај</Button>
          <Button variant="secondary">Откажи</Button>
          <Button variant="ghost">Прескокни</Button>
          <Button variant="danger">Раскини договор</Button>
          <Button loading={busy} onClick={() => setBusy(true)}>Се зачувува</Button>
          <Button disabled>Испрати</Button>
          <Button size="small" variant="secondary">Мало</Button>
          <Button size="large">Стани член</Button>
          <ButtonLink href="#" variant="secondary" icon={<Download />}>Преземи</ButtonLink>
          <Tooltip text="Архивирај"><IconButton label="Архивирај" title="" icon={<Archive />} variant="secondary" /></Tooltip>
        </div>
        <p className="mt-4 max-w-prose">Рокот за одговор е 24 работни часа. <TextLink href="#">Како го сметаме рокот</TextLink> или <TextLink href="#" kind="quiet">прашајте нè</TextLink>.</p>
      </Part>
      <Part name="Состојби">
        <div className="flex flex-wrap gap-2">
          <Status tone="success">Активно</Status><Status tone="info">Во проверка</Status><Status tone="neutral" shape="waiting">Нацрт</Status><Status tone="warning">Истекува</Status><Status tone="danger">Одбиено</Status><Status tone="neutral">Истечено</Status><Status tone="accent">Преговори</Status><Badge>12</Badge><Badge tone="accent">ново</Badge><Status look="plain" tone="success">Платено</Status><Status look="plain" tone="danger">Неуспешно</Status>
        </div>
        <p className="mt-4 flex flex-wrap items-center gap-4"><Money strong>1.234,50 ден.</Money><Money tone="good">+ 600,00 €</Money><Money tone="bad">− 90,00 €</Money><DateText iso="2025-12-31">31.12.2025</DateText><span className="flex items-center gap-2"><Avatar name="Арта Красниќи" /> Арта Красниќи</span><span className="flex items-center gap-2"><Flag country="MK" /> Северна Македонија</span><span className="flex items-center gap-2"><Flag country="XK" /> Kosova</span></p>
      </Part>
      <Part name="Известувања">
        <div className="max-w-3xl space-y-3">
          <Notice tone="warning" title="Недостасува полицата на другиот возач" actions={<Button size="small" variant="secondary">Додади полица</Button>}>Рокот стои додека не ја добиеме.</Notice>
          <Notice tone="info">Членството важи од денот на уплатата.</Notice>
          <Notice tone="success" title="Уплатата е примена" />
          <Notice tone="danger" title="Картичката е одбиена">Пробајте со друга картичка или платете во подружница.</Notice>
        </div>
        <div className="mt-4 space-y-2"><Banner tone="impersonation" action={<Button size="small" variant="secondary">Излези</Button>}>Вие сте во просторот на Северна Македонија како супер администратор. Сè се запишува.</Banner><Banner tone="warning">Правните податоци се демонстративни.</Banner></div>
      </Part>
      <Part name="Кутии и приказни">
        <div className="grid gap-4 lg:grid-cols-2">
          <Card title="Вашето членство" action={<TextLink kind="standalone" href="#">Детали</TextLink>} footer={<TextLink kind="standalone" href="#">Обнови за 20,00 € годишно, со ДДВ</TextLink>}>
            <KeyValue items={[{ label: 'План', value: 'Асистенца' }, { label: 'Важи до', value: <DateText iso="2026-12-31">31.12.2026</DateText> }, { label: 'Штети оваа година', value: '1 од 2', action: <TextLink kind="standalone" href="#" className="-my-3">Види</TextLink> }]} />
          </Card>
          <Card title="Што се случи досега">
            <Timeline items={[{ id: '1', title: 'Чекаме одговор од осигурителот', tone: 'ahead', time: 'до 28.01.2026' }, { id: '2', title: 'Проверката е завршена', tone: 'accent', time: <DateText iso="2026-01-15T10:20">15.01.2026, 10:20</DateText>, by: 'Мила Стојанова' }, { id: '3', title: 'Додадена е полица', time: '14.01.2026, 18:02', by: 'Вие', children: 'polica-2025.pdf' }, { id: '4', title: 'Штетата е поднесена', tone: 'success', time: '14.01.2026, 17:40', by: 'Вие' }]} />
          </Card>
        </div>
        <Tabs className="mt-6" label="Делови на штетата" items={[{ value: 'a', label: 'Тек', content: 'Текот на штетата.' }, { value: 'b', label: 'Документи', count: 4, content: 'Четири документи.' }, { value: 'c', label: 'Пари', content: 'Ниту една уплата досега.' }]} />
      </Part>
      <Part name="Празно, грешка, вчитување">
        <div className="grid gap-4 md:grid-cols-2">
          <EmptyState icon={<FileText />} title="Тука ќе бидат Вашите штети" action={<Button>Пријави штета</Button>}>Кога ќе пријавите, овде го гледате следниот чекор и кој го презема.</EmptyState>
          <ErrorState title="Не успеавме да ги вчитаме штетите" onRetry={() => undefined} reference="Бр. 7F3A-22">Проверете ја врската. Ништо не е изгубено.</ErrorState>
          <SkeletonCard label="Се вчитува" />
        </div>
        <div className="mt-4"><SkeletonStats count={3} label="Се вчитува" /></div>
      </Part>
      <Part name="Над страницата">
        <div className="flex flex-wrap gap-2">
          <Button variant="secondary" onClick={() => setDialog(true)}>Дијалог</Button>
          <Button variant="secondary" onClick={() => setPanel(true)}>Страничен панел</Button>
          <Button variant="secondary" onClick={() => setTyped(true)}>Потврда со пишување</Button>
          <Button variant="secondary" onClick={() => toastUndo('Штетата е доделена на Мила Стојанова', 'Врати', () => toast('Вратено'))}>Порака со враќање</Button>
          <Button variant="secondary" onClick={() => toast.error('Не успеа зачувувањето', { description: 'Проверете ја врската и обидете се повторно.' })}>Порака за грешка</Button>
        </div>
        <Dialog open={dialog} onOpenChange={setDialog} title="Додели ја штетата" description="Лицето ќе добие известување." footer={<><Button onClick={() => setDialog(false)}>Додели</Button><Button variant="secondary" onClick={() => setDialog(false)}>Откажи</Button></>}>Мила Стојанова, подружница Скопје</Dialog>
        <SidePanel open={panel} onOpenChange={setPanel} title="Арта Красниќи" meta={<><Status tone="success">Активно</Status><span className="figures">MEM-MK-000412</span></>} footer={<Button>Обнови членство</Button>}><KeyValue items={[{ label: 'Телефон', value: '070 123 456' }, { label: 'Подружница', value: 'Тетово' }]} /></SidePanel>
        <ConfirmTyped open={typed} onOpenChange={setTyped} title="Избриши ги податоците на членот" word="MEM-MK-000412" confirmLabel="Избриши засекогаш" onConfirm={() => setTyped(false)}>Личните податоци се бришат и не може да се вратат. Фактурите остануваат 10 години.</ConfirmTyped>
      </Part>
      <Part name="Картичка">
        <div className="grid gap-6 lg:grid-cols-2">
          <MemberCard issuer="Интердоместик" mark={<Flag country="MK" />} title="Асистенца Семејство" name="Ѓорѓи Њаголов" number={{ label: 'Број на член', value: 'MEM-MK-000412' }} fields={[{ label: 'Важи до', value: '31.12.2026' }, { label: 'Лица', value: '4 од 5' }]} status="Активна до 31 декември 2026" qr={<SampleQr />} qrLabel="QR код на картичката" />
          <MemberCard inactive issuer="Interdomestik" mark={<Flag country="XK" />} title="Asistenca" name="Arta Krasniqi" number={{ label: 'Numri i anëtarit', value: 'MEM-KS-000087' }} fields={[{ label: 'Vlente deri më', value: '31.10.2025' }]} status="Skaduar. Rinovoni për ta përdorur përsëri." />
        </div>
      </Part>
    </>
  );
}
