'use client';
import { DateText, UiLink } from '@interdomestik/ui';
import { useNotificationWords } from '~/components/notification-words';
import { useShow } from '~/lib/use-show';
import type { Outputs } from '~/trpc/outputs';

/** The latest notifications in short. */
export function News({ items }: { items: Outputs['notifications']['list']['items'] }) {
  const words = useNotificationWords();
  const show = useShow();
  return (
    <ul className="divide-y divide-line">
      {items.map((item) => {
        const said = words(item);
        if (said === null) return null;
        return (
          <li key={item.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2.5">
            <span className="min-w-0">
              {item.href === null ? <span className="font-semibold">{said.title}</span> : <UiLink href={item.href} className="font-semibold underline-offset-3 hover:underline">{said.title}</UiLink>}
              <span className="block text-note text-ink-muted">{said.body}</span>
            </span>
            <DateText className="text-note text-ink-muted" iso={item.createdAt.toISOString()}>{show.dayOf(item.createdAt)}</DateText>
          </li>
        );
      })}
    </ul>
  );
}
