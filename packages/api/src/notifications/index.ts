export { countUnread, listNotifications, markRead, notify, notifyRole, type NewNotification } from './service';
