'use client';
import Link, { useLinkStatus } from 'next/link';
import type { ComponentProps } from 'react';

/** A line along the top while the page behind the pressed link is on its way; nothing where it comes at once. */
function OnItsWay() {
  const { pending } = useLinkStatus();
  return pending ? <span aria-hidden="true" className="fixed inset-x-0 top-0 z-50 h-0.5 bg-accent transition-opacity delay-150 starting:opacity-0" /> : null;
}

/**
 * Every link of this portal. Its pages are asked for whole, because one that is missing or forbidden must say so by its status (404), and
 * a skeleton sent ahead would have said 200: the line takes the skeleton's place.
 */
export function AppLink({ children, ...link }: ComponentProps<typeof Link>) {
  return <Link {...link}>{children}<OnItsWay /></Link>;
}
