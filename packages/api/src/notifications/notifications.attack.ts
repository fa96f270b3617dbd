import type { AttacksOn } from '../attacks/attack';

export const notificationsAttacks: AttacksOn<'notifications'> = {
  list: { by: 'member', input: () => ({}) },
  unread: { by: 'member' },
  markRead: { by: 'member', of: 'person', quiet: true, input: ({ rows }) => ({ ids: [rows.notificationId] }), values: ['ids'] },
};
