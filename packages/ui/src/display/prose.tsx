import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { Notice } from '../feedback/notice';

/** Words between double stars are strong; nothing else of markup exists within a line. */
function inline(text: string): ReactNode {
  return text.split(/\*\*(.+?)\*\*/gu).map((part, index) => <Fragment key={index}>{index % 2 === 1 ? <strong>{part}</strong> : part}</Fragment>);
}

function Block({ lines, level }: { lines: readonly string[]; level: 2 | 3 }) {
  const [first = ''] = lines;
  const heading = /^#{1,4} +(.*)$/u.exec(first);
  const Heading = `h${level}` as const;
  if (heading !== null) {
    return (
      <>
        <Heading className="mt-8 mb-2 text-section first:mt-0">{inline(heading[1] ?? '')}</Heading>
        {lines.length > 1 ? <Block lines={lines.slice(1)} level={level} /> : null}
      </>
    );
  }
  if (first.startsWith('> ')) return <Notice tone="warning">{inline(lines.map((line) => line.replace(/^> ?/u, '')).join(' '))}</Notice>;
  if (/^[-*] /u.test(first)) return <ul className="my-2 list-disc space-y-1 pl-6">{lines.map((line, index) => <li key={index}>{inline(line.replace(/^[-*] /u, ''))}</li>)}</ul>;
  return <p className="my-2">{inline(lines.join(' '))}</p>;
}

/** A long text of headings (`## `), paragraphs, lists (`- `), remarks (`> `) and strong words: Markdown without HTML. Whatever else stands in it is shown as text. */
export function Prose({ text, level = 2, lang }: { text: string; level?: 2 | 3 | undefined; lang?: string | undefined }) {
  const blocks = text.split(/\n{2,}/u).map((block) => block.trim()).filter((block) => block !== '');
  return <div lang={lang} className="max-w-prose">{blocks.map((block, index) => <Block key={index} lines={block.split('\n').map((line) => line.trim())} level={level} />)}</div>;
}
