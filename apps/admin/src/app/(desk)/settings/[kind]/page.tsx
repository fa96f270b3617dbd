import { ruleKindSchema } from '@interdomestik/rules/rule-sets';
import { Badge } from '@interdomestik/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { RuleView } from '../_kinds/rule-view';

/** One rule document as it is in force now. */
export default async function KindPage({ params }: { params: Promise<{ kind: string }> }) {
  const me = await viewer('settings.read');
  const kind = ruleKindSchema.safeParse((await params).kind);
  if (!kind.success) notFound();
  const [rules, t, c] = await Promise.all([needed((await caller()).settings.rules()), getTranslations('admin.settings'), getTranslations('common.ruleKinds')]);
  const rule = rules.find((one) => one.kind === kind.data);
  if (rule === undefined) notFound();
  const source = rule.source === 'branch' ? t('sources.branch') : rule.source === 'tenant' ? t('sources.tenant') : t('sources.pack');
  return (
    <>
      <div className="mb-4 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        {/* i18n-keys: common.ruleKinds.* */}
        <h2 className="text-lg">{c(kind.data)}</h2>
        <Badge>{t('version', { version: rule.version })}</Badge>
        <span className="text-note text-ink-muted">{source}</span>
      </div>
      <RuleView kind={kind.data} value={rule.value} timeZone={me.tenant.timeZone} />
    </>
  );
}
