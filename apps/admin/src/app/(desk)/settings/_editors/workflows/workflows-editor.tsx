'use client';
import { UiLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { CalendarPart } from '../calendar/calendar-part';
import type { EditorProps } from '../editor';
import { CategoriesPart, TermsPart } from './categories-part';
import { FlowPart } from './flow-part';
import { RoutesPart } from './routes-part';
import { StagesPart } from './stages-part';

/** How claims and memberships go on, in what time, by which calendar. Long: its parts stand below one another, with a way to each. */
export function WorkflowsEditor(props: EditorProps<'workflows'>) {
  const w = useTranslations('admin.settings.workflows');
  const t = useTranslations('editors');
  const parts = [
    ['claims', w('claims'), <FlowPart key="claims" {...props} name="claims" title={w('claims')} />],
    ['routes', t('routes.title'), <RoutesPart key="routes" {...props} />],
    ['stages', t('stages.title'), <StagesPart key="stages" {...props} />],
    ['terms', w('terms'), <TermsPart key="terms" />],
    ['categories', w('categories'), <CategoriesPart key="categories" {...props} />],
    ['calendar', t('calendar.title'), <CalendarPart key="calendar" {...props} />],
    // a branch has its own claims, and the country's memberships
    ...(props.scopeBranchId === null ? [['memberships', w('memberships'), <FlowPart key="memberships" {...props} name="memberships" title={w('memberships')} />] as const] : []),
  ] as const;
  return (
    <div className="space-y-12">
      <nav aria-label={t('parts')} className="flex flex-wrap gap-x-4 gap-y-1">
        {parts.map(([id, title]) => <UiLink key={id} href={`#part-${id}`} className="inline-flex min-h-control-small items-center">{title}</UiLink>)}
      </nav>
      {parts.map(([id, , part]) => <div key={id} id={`part-${id}`} className="scroll-mt-20">{part}</div>)}
    </div>
  );
}
