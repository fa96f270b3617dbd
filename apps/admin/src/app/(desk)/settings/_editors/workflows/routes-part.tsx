'use client';
import { Button, Card, EmptyState, IconButton, Section } from '@interdomestik/ui';
import { ArrowDown, ArrowUp, Plus, Trash2 } from '@interdomestik/ui/icons';
import { inLocale } from '@interdomestik/rules/locales';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../../../_parts/use-formats';
import { ConditionField } from '../condition';
import type { EditorProps, StoredRule } from '../editor';
import { LocalizedField, NumberField, RadioField } from '../fields';
import { moved } from './flow';

type Route = StoredRule<'workflows'>['routes'][number];

/** A code that no other route has; people know a route by its name. */
function freeCode(routes: readonly Route[]): string {
  for (let number = routes.length + 1; ; number += 1) {
    const code = `route_${String(number)}`;
    if (routes.every((route) => route.code !== code)) return code;
  }
}

/** The ways through triage in the order in which they are tried. */
export function RoutesPart(props: EditorProps<'workflows'>) {
  const { value, onChange, languages, readOnly } = props;
  const t = useTranslations('editors.routes');
  const u = useTranslations('settings.units');
  const { locale } = useFormats();
  const put = (routes: readonly Route[]) => onChange({ ...value, routes: [...routes] });
  const titleOf = (route: Route, index: number) => (Object.values(route.titles).some((title) => title !== undefined && title !== '') ? inLocale(route.titles, locale, languages) : t('unnamed', { number: index + 1 }));
  return (
    <Section level={3} title={t('title')} help={t('help')}>
      <div className="space-y-4">
        {value.routes.length === 0 ? <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState> : null}
        {value.routes.map((route, index) => {
          const at = `routes.${String(index)}`;
          const name = titleOf(route, index);
          return (
            <Card
              key={route.code} level={3} title={<><span className="figures text-ink-muted">{index + 1}.</span> {name}</>}
              action={readOnly ? undefined : (
                <span className="flex gap-1">
                  <IconButton label={t('up', { name })} icon={<ArrowUp />} disabled={index === 0} onClick={() => put(moved(value.routes, index, -1))} />
                  <IconButton label={t('down', { name })} icon={<ArrowDown />} disabled={index === value.routes.length - 1} onClick={() => put(moved(value.routes, index, 1))} />
                  <IconButton label={t('remove', { name })} icon={<Trash2 />} onClick={() => put(value.routes.filter((_, place) => place !== index))} />
                </span>
              )}
            >
              <div className="space-y-6">
                <LocalizedField path={`${at}.titles`} label={t('name')} languages={languages} />
                <ConditionField path={`${at}.when`} label={t('when')} help={t('whenHelp')} context="claim" choices={props} />
                <div className="grid gap-6 sm:grid-cols-2">
                  <RadioField path={`${at}.priority`} label={t('priority')} options={[{ value: 'normal', label: t('normal') }, { value: 'urgent', label: t('urgent') }]} />
                  <NumberField path={`${at}.triageHours`} label={t('hours')} help={t('hoursHelp')} unit={u('hours')} />
                </div>
              </div>
            </Card>
          );
        })}
        {readOnly ? null : <Button variant="secondary" icon={<Plus />} onClick={() => put([...value.routes, { code: freeCode(value.routes), titles: {}, when: null, priority: 'normal', triageHours: value.triageHours }])}>{t('add')}</Button>}
      </div>
    </Section>
  );
}
