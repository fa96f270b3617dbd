import type { ReactNode } from 'react';

/** Records of one kind under their heading; says so when there are none. */
export function RecordLines({ title, hideTitle, empty, children }: { title: ReactNode; hideTitle?: boolean | undefined; empty: ReactNode; children: readonly ReactNode[] }) {
  return (
    <section>
      <h3 className={hideTitle === true ? 'sr-only' : 'mb-1 font-semibold'}>{title}</h3>
      {children.length === 0 ? <p className="py-2 text-ink-muted">{empty}</p> : <ul className="divide-y divide-line border-y">{children}</ul>}
    </section>
  );
}

/** One record in a line: what, when, how it stands, how much. */
export function RecordLine({ title, note, status, end }: { title: ReactNode; note?: ReactNode; status?: ReactNode; end?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <div className="min-w-0">
        <div className="font-semibold break-words">{title}</div>
        {note === undefined ? null : <div className="figures text-note text-ink-muted">{note}</div>}
      </div>
      <div className="flex items-center gap-4">
        {status}
        {end === undefined || end === null ? null : <div className="figures text-right">{end}</div>}
      </div>
    </li>
  );
}
