import type { ReactNode } from 'react';
import { viewer } from '@/server/viewer';
import { Desk } from '../_shell/desk';

export default async function DeskLayout({ children }: { children: ReactNode }) {
  return <Desk viewer={await viewer()}>{children}</Desk>;
}
