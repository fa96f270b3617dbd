import type { LegalRule } from '@interdomestik/rules/rule-sets';
import { Badge } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Say } from './sayer';

/** The texts that people agree to and that stand on documents, in each language. */
export function LegalView({ rule, say }: { rule: LegalRule; say: Say }) {
  const t = useTranslations('admin.settings');
  return (
    <div className="space-y-4">
      {rule.texts.map(({ key, version, texts }) => (
        <section key={key} className="rounded-card border bg-raised px-4 py-4 sm:px-5">
          <h3 className="mb-2 flex flex-wrap items-baseline gap-3 text-section">{say.word('admin.settings.legal.keys', key)}<Badge>{t('version', { version })}</Badge></h3>
          {Object.entries(texts).map(([locale, text]) => (text === undefined ? null : (
            <details key={locale} className="border-t">
              <summary className="flex min-h-control flex-wrap items-center gap-x-3 py-1.5"><span className="font-semibold">{say.word('common.languages', locale)}</span><span className="text-ink-muted" lang={locale}>{text.title}</span></summary>
              <div lang={locale} className="max-w-prose pb-4"><Body text={text.body} /></div>
            </details>
          )))}
        </section>
      ))}
    </div>
  );
}

type Line = { readonly kind: 'heading' | 'item' | 'quote' | 'text'; readonly text: string };

const marks: readonly (readonly [RegExp, Line['kind']])[] = [[/^#{1,4}\s+/u, 'heading'], [/^[-*]\s+/u, 'item'], [/^>\s*/u, 'quote']];

/** Our texts are headings, list items, a remark and paragraphs, one a line. */
function linesOf(body: string): Line[] {
  return body.split('\n').map((line) => line.trim().replaceAll('**', '')).filter((line) => line !== '').map((line) => {
    const mark = marks.find(([pattern]) => pattern.test(line));
    return mark === undefined ? { kind: 'text', text: line } : { kind: mark[1], text: line.replace(mark[0], '') };
  });
}

const looks: Readonly<Record<Line['kind'], string>> = {
  heading: 'mt-4 mb-1 font-bold', item: 'relative pl-4 before:absolute before:left-1 before:content-["•"]', quote: 'mb-2 border-l-2 border-line-strong pl-3 text-ink-muted', text: 'mb-2',
};

function Body({ text }: { text: string }) {
  return <>{linesOf(text).map((line, index) => <p key={index} className={looks[line.kind]}>{line.text}</p>)}</>;
}
