'use client';
import type { ReactNode } from 'react';
import { Check, Languages } from 'lucide-react';
import { Button } from '../actions/button';
import { UiLink } from '../context/link';
import { useWords } from '../context/words';
import { Avatar } from '../display/values';
import { Flag } from '../display/flag';
import { Menu } from '../overlays/menu';
import type { MenuItem } from '../overlays/menu';
import type { TenantMark } from './types';
import { cn } from '../lib/cn';

/** The first thing the keyboard reaches: past the head, to the content. */
export function SkipLink() {
  const words = useWords();
  return (
    <a href="#content" className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-accent px-4 py-3 font-semibold text-accent-contrast focus:translate-y-0">
      {words.skipToContent}
    </a>
  );
}

/** The tenant's flag and name, leading home. */
export function TenantName({ tenant, href, extra, className }: { tenant: TenantMark; href: string; extra?: ReactNode; className?: string | undefined }) {
  return (
    <UiLink href={href} className={cn('flex min-h-control min-w-0 items-center gap-2 rounded-small font-bold no-underline', className)}>
      <Flag country={tenant.country} />
      <span className="truncate">{tenant.name}</span>
      {extra}
    </UiLink>
  );
}

export type LanguageChoice = {
  code: string;
  /** The language's own name, such as "Shqip". */
  name: string;
  /** Where the page stands in that language; left out when `onChoose` is given. */
  href?: string | undefined;
};
export type LanguageSwitchProps = {
  languages: readonly LanguageChoice[];
  current: string;
  onChoose?: ((code: string) => void) | undefined;
};

/** Chooses the language; each is named in its own words, without flags. */
export function LanguageSwitch({ languages, current, onChoose }: LanguageSwitchProps) {
  const words = useWords();
  const now = languages.find((language) => language.code === current);
  const items = languages.map((language): MenuItem => {
    const icon = language.code === current ? <Check /> : <span className="size-4" />;
    return language.href && !onChoose
      ? { kind: 'link', label: language.name, href: language.href, current: language.code === current, icon }
      : { label: language.name, icon, onSelect: () => onChoose?.(language.code) };
  });
  return (
    <Menu
      items={items}
      trigger={
        <Button variant="ghost" className="px-2 sm:px-3" icon={<Languages className="in-data-[portal=staff]:max-sm:hidden" />}>
          <span className="sr-only">{words.language}: </span>
          <span className="hidden sm:inline">{now?.name ?? current}</span>
          <span className="uppercase sm:hidden">{current}</span>
        </Button>
      }
    />
  );
}

export type UserMenuProps = {
  name: string;
  /** Under the name: role or e-mail. */
  detail?: string | undefined;
  items: readonly MenuItem[];
};

/** Who is signed in, and what is theirs: profile, sign out. */
export function UserMenu({ name, detail, items }: UserMenuProps) {
  const words = useWords();
  return (
    <Menu
      items={[{ kind: 'heading', label: detail ? `${name} · ${detail}` : name }, { kind: 'line' }, ...items]}
      trigger={
        <button type="button" aria-label={`${words.userMenu}: ${name}`} className="grid size-control place-items-center rounded-full hover:bg-sunken">
          <Avatar name={name} />
        </button>
      }
    />
  );
}
