'use client';
import { Badge, Button, Card, Field, IconButton, Input, Menu, toastUndo, type MenuItem } from '@interdomestik/ui';
import { ChevronDown, ChevronUp, Ellipsis, Plus } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { fieldId, useFieldLife } from '../fields';
import { isWithin } from '../paths';
import { freeCode, isCode, moved, typedCode, type ListName } from './lists';

interface Entry { readonly code: string }

interface EntryListProps<T extends Entry> {
  readonly list: ListName;
  readonly title: string;
  readonly help?: string;
  readonly addLabel: string;
  readonly entries: readonly T[];
  readonly make: (code: string) => T;
  readonly nameOf: (entry: T) => string;
  /** In the line of the entry: its price, its share. */
  readonly noteOf?: (entry: T) => ReactNode;
  readonly marksOf?: (entry: T) => ReactNode;
  /** Whether it may go for good. What was sold stays; it can be taken out of sale. */
  readonly mayRemove: (entry: T) => boolean;
  readonly actionsOf?: (entry: T, replace: (next: T) => void) => readonly MenuItem[];
  /** Called with the list in its new order; left out where the order means nothing. */
  readonly order?: (entries: readonly T[]) => readonly T[];
  readonly children: (entry: T, path: string) => ReactNode;
}

/** Entries with a code, one line each; a line opens to its form. */
export function EntryList<T extends Entry>({ list, title, help, addLabel, entries, make, nameOf, noteOf, marksOf, mayRemove, actionsOf, order, children }: EntryListProps<T>) {
  const t = useTranslations('products');
  const c = useTranslations('common.actions');
  const { set, issues, readOnly } = useFieldLife();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(entries);
  useEffect(() => { latest.current = entries; });
  const codes = entries.map(({ code }) => code);
  const put = (next: readonly T[]) => set(list, next);
  const toggle = (code: string, on: boolean) => setOpen((before) => new Set(on ? [...before, code] : [...before].filter((one) => one !== code)));
  const add = (entry: T, at: number) => {
    const next = [...entries.slice(0, at), entry, ...entries.slice(at)];
    put(order === undefined ? next : order(next));
    toggle(entry.code, true);
  };
  const remove = (entry: T, at: number) => {
    put(entries.filter((_, index) => index !== at));
    toastUndo(t('removed', { name: nameOf(entry) }), c('undo'), () => put([...latest.current.slice(0, at), entry, ...latest.current.slice(at)]));
  };
  return (
    <Card title={title} level={3} flush>
      {help === undefined ? null : <p className="-mt-1 px-4 pb-3 text-note text-ink-muted sm:px-5">{help}</p>}
      {entries.length === 0 ? <p className="border-t px-4 py-4 text-ink-muted sm:px-5">{t('none')}</p> : null}
      <ul className="divide-y border-t">
        {entries.map((entry, index) => {
          const path = `${list}.${String(index)}`;
          const name = nameOf(entry);
          const faults = issues.filter(({ field }) => isWithin(field, path)).length;
          const isOpen = open.has(entry.code);
          const items: readonly MenuItem[] = [
            { label: t('duplicate'), onSelect: () => add({ ...entry, code: freeCode(list, entry.code, codes) }, index + 1) },
            ...(actionsOf?.(entry, (next) => put(entries.map((one, at) => (at === index ? next : one)))) ?? []),
            ...(mayRemove(entry) ? [{ label: t('remove'), danger: true, onSelect: () => remove(entry, index) }] : []),
          ];
          return (
            // two entries may carry the same code until somebody mends it
            <li key={`${entry.code}/${String(codes.slice(0, index).filter((code) => code === entry.code).length)}`}>
              <div className="flex items-center gap-1 pr-2 sm:pr-3">
                <button
                  type="button" id={fieldId(path)} aria-expanded={isOpen} aria-controls={`${fieldId(path)}-form`} onClick={() => toggle(entry.code, !isOpen)}
                  className="flex min-h-control min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2.5 text-left hover:bg-sunken/60 focus-visible:-outline-offset-2 sm:px-5"
                >
                  {isOpen ? <ChevronUp className="size-4 shrink-0 text-ink-muted" aria-hidden="true" /> : <ChevronDown className="size-4 shrink-0 text-ink-muted" aria-hidden="true" />}
                  <span className="min-w-0 font-semibold break-words">{name}</span>
                  {noteOf === undefined ? null : <span className="figures text-ink-muted">{noteOf(entry)}</span>}
                  {marksOf?.(entry)}
                  {faults === 0 ? null : <Badge tone="danger">{t('faults', { count: faults })}</Badge>}
                </button>
                {readOnly ? null : (
                  <>
                    {order === undefined ? null : (
                      <>
                        <IconButton size="small" label={t('up', { name })} icon={<ChevronUp />} disabled={index === 0} onClick={() => put(order(moved(entries, index, -1)))} />
                        <IconButton size="small" label={t('down', { name })} icon={<ChevronDown />} disabled={index === entries.length - 1} onClick={() => put(order(moved(entries, index, 1)))} />
                      </>
                    )}
                    <Menu items={items} trigger={<IconButton label={t('more', { name })} icon={<Ellipsis />} />} />
                  </>
                )}
              </div>
              {isOpen ? <div id={`${fieldId(path)}-form`} className="space-y-6 border-t bg-paper/50 px-4 py-5 sm:px-5">{children(entry, path)}</div> : null}
            </li>
          );
        })}
      </ul>
      {readOnly ? null : <AddEntry list={list} label={addLabel} taken={codes} onAdd={(code) => add(make(code), entries.length)} />}
    </Card>
  );
}

function AddEntry({ list, label, taken, onAdd }: { readonly list: ListName; readonly label: string; readonly taken: readonly string[]; readonly onAdd: (code: string) => void }) {
  const t = useTranslations('products');
  const [text, setText] = useState('');
  const code = typedCode(list, text);
  const twice = taken.includes(code);
  const coupon = list === 'coupons';
  return (
    <form
      method="post" className="flex flex-wrap items-start gap-3 border-t px-4 py-4 sm:px-5"
      onSubmit={(event) => { event.preventDefault(); if (!isCode(list, code) || twice) return; onAdd(code); setText(''); }}
    >
      <Field label={coupon ? t('word') : t('code')} help={coupon ? t('wordHelp') : t('codeHelp')} error={twice ? t('codeTaken') : undefined} className="w-full sm:w-80">
        <Input value={text} autoComplete="off" autoCapitalize={coupon ? 'characters' : 'none'} spellCheck={false} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Button type="submit" variant="secondary" icon={<Plus />} className="sm:mt-7" disabled={!isCode(list, code) || twice}>{label}</Button>
    </form>
  );
}
