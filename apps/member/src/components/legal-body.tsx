import { Notice } from '@interdomestik/ui';
import { Fragment, type ReactNode } from 'react';

/** Words between double stars are strong; nothing else of markup exists in our legal texts. */
function inline(text: string): ReactNode {
  return text.split(/\*\*(.+?)\*\*/gu).map((part, index) => <Fragment key={index}>{index % 2 === 1 ? <strong>{part}</strong> : part}</Fragment>);
}

function Block({ lines }: { lines: readonly string[] }) {
  const [first = ''] = lines;
  if (first.startsWith('## ')) {
    return (
      <>
        <h2 className="mt-8 mb-2 text-section">{first.slice(3)}</h2>
        {lines.length > 1 ? <Block lines={lines.slice(1)} /> : null}
      </>
    );
  }
  if (first.startsWith('> ')) return <Notice tone="warning">{inline(lines.map((line) => line.replace(/^> ?/u, '')).join(' '))}</Notice>;
  if (first.startsWith('- ')) return <ul className="my-2 list-disc space-y-1 pl-6">{lines.map((line) => <li key={line}>{inline(line.replace(/^- /u, ''))}</li>)}</ul>;
  return <p className="my-2">{inline(lines.join(' '))}</p>;
}

/** A legal text with its headings, paragraphs, lists and notices. */
export function LegalBody({ text }: { text: string }) {
  return <div className="max-w-prose">{text.split(/\n{2,}/u).map((block, index) => <Block key={index} lines={block.trim().split('\n')} />)}</div>;
}
