import type { Outputs } from '@/trpc/outputs';

export type Transfer = Outputs['transfers']['list']['items'][number];
export type InboxView = 'decide' | 'mine' | 'done' | 'all';
