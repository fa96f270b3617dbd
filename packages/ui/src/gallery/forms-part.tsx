'use client';
import { useState } from 'react';
import { Button } from '../actions/button';
import { Checkbox, RadioCards, Switch } from '../forms/choices';
import { Combobox } from '../forms/combobox';
import { DateInput } from '../forms/date-input';
import { Field } from '../forms/field';
import { FileDrop } from '../forms/file-drop';
import { FormSummary } from '../forms/form-summary';
import { Input, SearchInput, Textarea } from '../forms/input';
import { PasswordInput } from '../forms/password-input';
import { Select } from '../forms/select';
import { Steps } from '../forms/steps';
import { MoneyInput, PhoneInput } from '../forms/typed-input';
import { Part } from './part';

const towns = ['Скопје', 'Тетово', 'Битола', 'Охрид', 'Куманово', 'Струмица'].map((label) => ({ value: label, label }));
const causes = [
  { value: 'vehicle', label: 'Сообраќајна незгода' },
  { value: 'property', label: 'Штета на имот' },
  { value: 'injury', label: 'Повреда', hint: 'Со лекарска потврда' },
];
const plans = [
  { value: 'one', label: 'Асистенца', help: 'За едно лице, две штети годишно', end: '20,00 € годишно' },
  { value: 'family', label: 'Асистенца Семејство', help: 'До пет лица, пет штети годишно', end: '35,00 € годишно' },
];

/* Sample reading and showing only; apps inject their country's own. */
const parse = (text: string): string | null => {
  const found = /^(\d{1,3}(?:\.?\d{3})*)(?:,(\d{1,2}))?$/.exec(text.trim());
  return found ? String(Number(`${(found[1] ?? '').replaceAll('.', '')}${(found[2] ?? '').padEnd(2, '0')}`)) : null;
};
const format = (minor: string): string => `${minor.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '.') || '0'},${minor.slice(-2).padStart(2, '0')}`;
const phone = (text: string): string | null => (/^0?7\d[ -]?\d{3}[ -]?\d{3}$/.test(text.trim()) ? text.replace(/\D/g, '').replace(/^0?/, '+389') : null);

/** Every way to give a value. */
export function FormsPart() {
  const [town, setTown] = useState<string | null>('Тетово');
  const [cause, setCause] = useState('');
  const [plan, setPlan] = useState('family');
  const [day, setDay] = useState<string | null>('2025-12-31');
  const [amount, setAmount] = useState<string | null>('123450');
  const [tel, setTel] = useState<string | null>('+38970123456');
  const [find, setFind] = useState('Арсовски');
  const [tried, setTried] = useState(0);
  const [mail, setMail] = useState(true);
  return (
    <>
      <Part name="Чекори">
        <Steps current={1} steps={[{ label: 'Што се случи', href: '#' }, { label: 'Кога и каде' }, { label: 'Документи' }, { label: 'Проверка' }]} />
      </Part>
      <Part name="Полиња">
        {tried ? <FormSummary attempt={tried} problems={[{ fieldId: 'g-embg', message: 'Внесете 13 цифри од матичниот број' }, { fieldId: 'g-cause', message: 'Изберете што се случило' }]} /> : null}
        <Button variant="secondary" className="mb-6" onClick={() => setTried(tried + 1)}>Испрати со грешки</Button>
        <div className="grid max-w-3xl gap-6 md:grid-cols-2">
          <Field label="Име и презиме" help="Како во личната карта"><Input autoComplete="name" defaultValue="Ѓорѓи Њаголов Џамбазоски" /></Field>
          <Field id="g-embg" label="Матичен број" error="Внесете 13 цифри од матичниот број"><Input inputMode="numeric" chars={13} defaultValue="01019904500" className="figures" /></Field>
          <Field id="g-cause" label="Што се случи" error="Изберете што се случило"><Select options={causes} value={cause} onValueChange={setCause} /></Field>
          <Field label="Град"><Combobox options={towns} value={town} onValueChange={setTown} /></Field>
          <Field label="Датум на незгодата" help="На пример 31.12.2025"><DateInput value={day} onValueChange={setDay} /></Field>
          <Field label="Износ на штетата"><MoneyInput currency="ден." value={amount} onValueChange={setAmount} parse={parse} format={format} /></Field>
          <Field label="Телефон"><PhoneInput value={tel} onValueChange={setTel} parse={phone} format={(value) => value.replace(/^\+389(\d\d)(\d{3})(\d{3})$/, '0$1 $2 $3')} /></Field>
          <Field label="Лозинка"><PasswordInput autoComplete="new-password" defaultValue="tetovo-2026" hint="Добра лозинка. Уште четири знаци и ќе биде силна." /></Field>
          <Field label="Опис" optional className="md:col-span-2"><Textarea placeholder="Со свои зборови: што, каде и кој беше присутен" /></Field>
          <Field label="Е-пошта" help="Не може да се смени овде"><Input disabled defaultValue="gjorgji@example.mk" /></Field>
          <SearchInput label="Пребарај членови" value={find} onValueChange={setFind} className="self-end" />
        </div>
      </Part>
      <Part name="Избори">
        <div className="max-w-3xl space-y-6">
          <Field group label="Кој план Ви одговара" help="Цените се со ДДВ, за една година"><RadioCards options={plans} value={plan} onValueChange={setPlan} columns={2} /></Field>
          <div>
            <Checkbox label="Се согласувам со општите услови" help="Верзија 4 од 01.11.2025" defaultChecked />
            <Checkbox label="Сакам известувања на е-пошта" />
          </div>
          <Switch label="Потсетник пред истекот" help="30 дена пред крајот на членството" checked={mail} onCheckedChange={setMail} />
        </div>
      </Part>
      <Part name="Документи">
        <Field label="Фотографии од штетата" className="max-w-3xl">
          <FileDrop
            help="JPG, PNG или PDF, до 20 MB"
            onFiles={() => undefined}
            onRemove={() => undefined}
            onRetry={() => undefined}
            files={[
              { id: 'a', name: 'polica-avtoodgovornost-2025.pdf', size: '1,2 MB', status: 'done', href: '#' },
              { id: 'b', name: 'branik-lev.jpg', size: '4,8 MB', status: 'uploading', progress: 62 },
              { id: 'c', name: 'zapisnik.heic', size: '31 MB', status: 'failed', error: 'Датотеката е поголема од 20 MB. Фотографирајте повторно или изберете друга.' },
            ]}
          />
        </Field>
        <div className="mt-6 flex flex-wrap gap-2"><Button type="submit">Продолжи</Button><Button variant="ghost">Назад</Button></div>
      </Part>
    </>
  );
}
