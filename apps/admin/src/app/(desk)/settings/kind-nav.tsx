'use client';
import { Select, UiLink } from '@interdomestik/ui';
import { usePathname, useRouter } from 'next/navigation';

/** Which rules are shown: a list beside them, a choice above them where there is no room. */
export function KindNav({ label, kinds }: { label: string; kinds: readonly { readonly href: string; readonly label: string }[] }) {
  const path = usePathname();
  const router = useRouter();
  return (
    <>
      <div className="lg:hidden"><Select aria-label={label} value={path} onValueChange={(href) => router.push(href)} options={kinds.map(({ href, label: text }) => ({ value: href, label: text }))} className="w-full sm:w-72" /></div>
      <nav aria-label={label} className="sticky top-18 hidden self-start lg:block">
        <ul className="space-y-0.5">
          {kinds.map(({ href, label: text }) => (
            <li key={href}>
              <UiLink href={href} aria-current={path === href ? 'page' : undefined} className="flex min-h-control items-center rounded-control px-3 text-ink-muted no-underline hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent">{text}</UiLink>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
