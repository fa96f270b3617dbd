'use client';
import { useMemo, useState } from 'react';
import { UserPlus } from 'lucide-react';
import { Button } from '../actions/button';
import { BarChart, LineChart } from '../charts';
import { Status } from '../display/status';
import type { StatusTone } from '../display/status';
import { Stat, StatRow } from '../display/stat';
import { DateText, KeyValue, Money } from '../display/values';
import { EmptyState } from '../feedback/states';
import { SearchInput } from '../forms/input';
import { Select } from '../forms/select';
import { SidePanel } from '../overlays/dialog';
import { CommandPalette } from '../overlays/command-palette';
import { DataTable } from '../table/data-table';
import type { DataColumn, Sort } from '../table/types';
import { Part } from './part';

type Row = { id: string; name: string; number: string; plan: string; state: [StatusTone, string]; until: string; paid: number };
const states: [StatusTone, string][] = [['success', 'Активно'], ['warning', 'Грејс период'], ['neutral', 'Истечено'], ['info', 'На чекање']];
const names = ['Арта Красниќи', 'Ѓорѓи Њаголов', 'Бесник Османи', 'Елена Џамбазоска', 'Љупчо Арсовски', 'Valdete Ramadani', 'Марија Петрушевска', 'Агрон Селими', 'Катерина Ѓорѓиевска-Трајаноска', 'Ilir Bajrami'];
const rows: Row[] = names.map((name, index) => ({
  id: String(index), name, number: `MEM-MK-000${412 + index}`, plan: index % 3 ? 'Асистенца' : 'Асистенца Семејство',
  state: states[index % 4] ?? ['neutral', ''], until: `${String(28 - index).padStart(2, '0')}.0${(index % 9) + 1}.2026`, paid: index % 3 ? 1230 : 2152.5,
}));
const money = (value: number): string => `${value.toFixed(2).replace('.', ',').replace(/\B(?=(\d{3})+,)/g, '.')} ден.`;
const columns: DataColumn<Row>[] = [
  { id: 'name', header: 'Член', cell: (row) => row.name, sortable: true },
  { id: 'number', header: 'Број', cell: (row) => <span className="figures whitespace-nowrap">{row.number}</span> },
  { id: 'plan', header: 'План', cell: (row) => row.plan, from: 'lg' },
  { id: 'state', header: 'Состојба', cell: (row) => <Status look="plain" tone={row.state[0]}>{row.state[1]}</Status>, card: 'status' },
  { id: 'until', header: 'Важи до', cell: (row) => <DateText iso={row.until}>{row.until}</DateText>, sortable: true },
  { id: 'paid', header: 'Платено', align: 'end', cell: (row) => <Money>{money(row.paid)}</Money>, sortable: true },
];
const months = ['авг', 'сеп', 'окт', 'ное', 'дек', 'јан'].map((label, index) => ({ label, values: { now: 42000 + index * 6100 - (index % 2) * 9000, before: 38000 + index * 4100 } }));
const branches = ['Скопје', 'Тетово', 'Битола', 'Охрид'].map((label, index) => ({ label, values: { fresh: 64 - index * 13, renewed: 41 - index * 7 } }));
const short = (value: number): string => (value >= 1000 ? `${Math.round(value / 1000)} илј.` : String(value));

/** Figures, charts, tables and the command palette, in staff density. */
export function StaffPart({ palette, onPalette }: { palette: boolean; onPalette: (open: boolean) => void }) {
  const [sort, setSort] = useState<Sort | null>({ id: 'name', desc: false });
  const [selection, setSelection] = useState<Set<string>>(new Set(['1', '3']));
  const [open, setOpen] = useState<Row | null>(null);
  const [find, setFind] = useState('');
  const [state, setState] = useState('');
  const shown = useMemo(() => rows.filter((row) => row.name.toLowerCase().includes(find.toLowerCase()) && (!state || row.state[1] === state)), [find, state]);
  return (
    <div data-portal="staff">
      <Part name="Табла">
        <StatRow>
          <Stat href="#a" label="Активни членства" value="1.284" trend={{ direction: 'up', text: '4,2 %', good: true }} comparison="од декември" />
          <Stat href="#b" label="Приход, јануари" value="1.580.220,00 ден." trend={{ direction: 'up', text: '11 %', good: true }} comparison="од декември" />
          <Stat href="#c" label="Отворени штети" value="37" trend={{ direction: 'same', text: '0', }} comparison="од минатата недела" />
          <Stat href="#d" label="Над рокот" value="3" trend={{ direction: 'up', text: '2', good: false }} comparison="од вчера" />
          <Stat href="#e" label="Неверификувана готовина" value="24.600,00 ден." />
          <Stat href="#f" label="За обнова, 30 дена" value="118" trend={{ direction: 'down', text: '9 %' }} comparison="од декември" />
        </StatRow>
        <div className="mt-4 grid gap-4 xl:grid-cols-2">
          <LineChart title="Приход по месец" labelHeader="Месец" data={months} series={[{ key: 'now', label: 'Оваа година' }, { key: 'before', label: 'Лани' }]} format={money} formatAxis={short} />
          <BarChart title="Членства по подружница" labelHeader="Подружница" data={branches} series={[{ key: 'fresh', label: 'Нови' }, { key: 'renewed', label: 'Обновени' }]} format={(value) => String(value)} />
        </div>
      </Part>
      <Part name="Табела">
        <DataTable
          label="Членови"
          columns={columns}
          rows={shown}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.name}
          sort={sort}
          onSortChange={setSort}
          selection={selection}
          onSelectionChange={setSelection}
          bulkActions={<><Button size="small" variant="secondary">Испрати потсетник</Button><Button size="small" variant="secondary">Извези</Button></>}
          onOpen={setOpen}
          openKey={open?.id}
          filters={<><SearchInput label="Пребарај по име или број" value={find} onValueChange={setFind} className="w-full md:w-72" /><Select aria-label="Состојба" className="w-full md:w-48" value={state} onValueChange={setState} options={[{ value: '', label: 'Сите состојби' }, ...states.map(([, label]) => ({ value: label, label }))]} /></>}
          paging={{ hasPrevious: false, hasNext: true, onPrevious: () => undefined, onNext: () => undefined, label: '1-10' }}
          empty={<EmptyState icon={<UserPlus />} title="Ниту еден член не одговара">Сменете го пребарувањето или избришете ги филтрите.</EmptyState>}
        />
      </Part>
      <Part name="Табела, густа, се вчитува">
        <DataTable dense loading expectedRows={3} label="Членови, се вчитува" columns={columns} rows={[]} rowKey={(row) => row.id} rowLabel={(row) => row.name} empty="" />
      </Part>
      <SidePanel open={open !== null} onOpenChange={() => setOpen(null)} title={open?.name ?? ''} meta={open ? <><Status tone={open.state[0]}>{open.state[1]}</Status><span className="figures">{open.number}</span></> : null}>
        {open ? <KeyValue items={[{ label: 'План', value: open.plan }, { label: 'Важи до', value: open.until }, { label: 'Платено', value: <Money>{money(open.paid)}</Money> }]} /> : null}
      </SidePanel>
      <CommandPalette
        open={palette}
        onOpenChange={onPalette}
        groups={[
          { heading: 'Оди', items: [{ id: 'members', label: 'Членови', hint: 'G M', onSelect: () => undefined }, { id: 'claims', label: 'Штети', hint: 'G S', onSelect: () => undefined }] },
          { heading: 'Направи', items: [{ id: 'enrol', label: 'Запиши нов член', icon: <UserPlus />, onSelect: () => undefined }] },
        ]}
      />
    </div>
  );
}
