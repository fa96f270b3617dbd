'use client';
import { CommandPalette, type CommandGroup, type CommandItem } from '@interdomestik/ui';
import { CircleUserRound, Target, UserPlus, Users, UserRoundCog } from '@interdomestik/ui/icons';
import { keepPreviousData } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Area } from './areas';

/** What the person may do from anywhere. */
export interface Abilities {
  readonly enrol: boolean;
  readonly members: boolean;
  readonly leads: boolean;
  readonly invite: boolean;
}

interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly areas: readonly Area[];
  readonly may: Abilities;
  readonly isUser: boolean;
}

/** Ctrl-K: goes to any area, begins what the person may begin, finds members by name, number or phone. */
export function Palette({ open, onOpenChange, areas, may, isUser }: PaletteProps) {
  const t = useTranslations('admin.shell');
  const c = useTranslations('common');
  const router = useRouter();
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setWanted(text.trim()), 200);
    return () => window.clearTimeout(timer);
  }, [text]);
  const seeks = open && may.members && wanted.length >= 2;
  const found = trpc.members.list.useQuery({ search: wanted, limit: 8 }, { enabled: seeks, placeholderData: keepPreviousData });
  const fits = (label: string) => label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
  const item = (id: string, label: string, href: string, icon: CommandItem['icon'], hint?: string): CommandItem => ({ id, label, icon, hint, onSelect: () => router.push(href) });

  // i18n-keys: common.nav.*
  const go = areas.map(({ key, href, icon }) => item(key, c(`nav.${key}`), href, icon));
  if (isUser) go.push(item('profile', c('nav.profile'), '/profile', <CircleUserRound />));
  const acts = [
    ...(may.enrol ? [item('enrol', t('enrol'), '/enrol', <UserPlus />)] : []),
    ...(may.leads ? [item('new-lead', t('newLead'), '/leads?new=1', <Target />)] : []),
    ...(may.invite ? [item('invite', t('invite'), '/staff?new=1', <UserRoundCog />)] : []),
  ];
  const people = seeks ? (found.data?.items ?? []).map((member) => item(member.id, `${member.firstName} ${member.lastName}`, `/members/${member.id}`, <Users />, member.memberNumber ?? undefined)) : [];
  const groups: CommandGroup[] = [
    { heading: t('people'), items: people },
    { heading: t('do'), items: acts.filter(({ label }) => fits(label)) },
    { heading: t('go'), items: go.filter(({ label }) => fits(label)) },
  ].filter(({ items }) => items.length > 0);
  return (
    <CommandPalette
      open={open}
      onOpenChange={(next) => { if (!next) setText(''); onOpenChange(next); }}
      groups={groups}
      onSearch={setText}
      loading={seeks && found.isPending}
      placeholder={may.members ? t('findHelp') : c('ui.commandPlaceholder')}
    />
  );
}
