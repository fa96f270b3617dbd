import type { Permission } from '@interdomestik/rules/permissions';
import {
  ArrowLeftRight, Banknote, Building2, ChartColumn, CreditCard, FileText, Gauge, HandCoins, Inbox, ReceiptText, ScrollText, Settings, ShieldCheck, Target, Upload, Users, UsersRound,
} from '@interdomestik/ui/icons';
import type { ReactNode } from 'react';

/** An area of the portal and the permission that opens it. */
export interface Area {
  readonly key: 'dashboard' | 'members' | 'transfers' | 'leads' | 'claims' | 'payments' | 'cash' | 'invoices' | 'commissions' | 'reports' | 'team' | 'branches' | 'settings' | 'imports' | 'audit' | 'privacyDesk' | 'mailbox';
  readonly href: string;
  readonly icon: ReactNode;
  readonly anyOf: readonly Permission[];
  readonly group: 'work' | 'money' | 'house';
  /** About the person's own doings, of which a super admin inside has none. */
  readonly own?: true;
}

/** Every area, in the order of the rail. A person sees only those of an own permission; the procedures decide again. */
export const areas: readonly Area[] = [
  { key: 'dashboard', href: '/', icon: <Gauge />, anyOf: ['dashboard.read'], group: 'work' },
  { key: 'members', href: '/members', icon: <Users />, anyOf: ['members.read'], group: 'work' },
  { key: 'transfers', href: '/transfers', icon: <ArrowLeftRight />, anyOf: ['transfers.read'], group: 'work' },
  { key: 'leads', href: '/leads', icon: <Target />, anyOf: ['leads.read'], group: 'work' },
  { key: 'claims', href: '/claims', icon: <FileText />, anyOf: ['claims.stage', 'claims.handle'], group: 'work' },
  { key: 'payments', href: '/payments', icon: <CreditCard />, anyOf: ['payments.read'], group: 'money' },
  { key: 'cash', href: '/cash', icon: <Banknote />, anyOf: ['cash.collect', 'cash.verify'], group: 'money' },
  { key: 'invoices', href: '/invoices', icon: <ReceiptText />, anyOf: ['invoices.read'], group: 'money' },
  { key: 'commissions', href: '/commissions', icon: <HandCoins />, anyOf: ['commissions.read'], group: 'money', own: true },
  { key: 'reports', href: '/reports', icon: <ChartColumn />, anyOf: ['reports.read'], group: 'money' },
  { key: 'team', href: '/staff', icon: <UsersRound />, anyOf: ['staff.read'], group: 'house' },
  { key: 'branches', href: '/branches', icon: <Building2 />, anyOf: ['branches.read'], group: 'house' },
  { key: 'settings', href: '/settings', icon: <Settings />, anyOf: ['settings.read'], group: 'house' },
  { key: 'imports', href: '/imports', icon: <Upload />, anyOf: ['imports.run'], group: 'house' },
  { key: 'audit', href: '/audit', icon: <ScrollText />, anyOf: ['audit.read'], group: 'house' },
  { key: 'privacyDesk', href: '/privacy', icon: <ShieldCheck />, anyOf: ['privacy.decide'], group: 'house' },
  { key: 'mailbox', href: '/mailbox', icon: <Inbox />, anyOf: ['mailbox.read'], group: 'house' },
];
