/** A legal text for reading: its Markdown knows headings, lists and paragraphs only. */
export function LegalBody({ body }: { body: string }) {
  return (
    <div className="max-w-prose space-y-3">
      {body.split(/\n{2,}/u).map((part, index) => {
        const heading = /^#{1,4}\s+(.*)$/u.exec(part);
        if (heading !== null) return <h3 key={index} className="text-section">{heading[1]}</h3>;
        const lines = part.split('\n');
        if (lines.every((line) => /^[-*]\s+/u.test(line))) return <ul key={index} className="list-disc space-y-1 pl-5">{lines.map((line) => <li key={line}>{line.replace(/^[-*]\s+/u, '')}</li>)}</ul>;
        return <p key={index}>{part.replaceAll('**', '')}</p>;
      })}
    </div>
  );
}
