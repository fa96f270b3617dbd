import { randomBytes } from 'node:crypto';
import { EventName } from '@paddle/paddle-node-sdk';
import type { IEventName, INotificationSettingsResponse } from '@paddle/paddle-node-sdk';
import { isLocalHost } from '../http';
import type { Account } from './account';
import { listOf, maybeText, textOf } from './body';
import type { Fields } from './body';
import { newPaddleId } from './clock';
import { badField, notFound } from './fault';

const names = Object.values(EventName);

/** The destination that comes from the account's registration. */
export const mainSettingId = 'ntfset_main';

function eventTypes(wanted: readonly IEventName[]): INotificationSettingsResponse['subscribed_events'] {
  return wanted.map((name) => ({ name, description: name, group: name.split('.', 1)[0] ?? name, available_versions: [1] }));
}

function localAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'http:' || !isLocalHost(url.host)) throw badField('destination', 'only http addresses of this machine are called');
  return address;
}

/** Writes the registered address and secret as the account's first destination, for all events. */
export function putMainSetting(account: Account): void {
  const { webhookUrl, webhookSecret } = account.settings;
  account.put('settings', mainSettingId, {
    id: mainSettingId,
    description: 'Registered address',
    type: 'url',
    destination: localAddress(webhookUrl),
    active: true,
    api_version: 1,
    include_sensitive_fields: false,
    traffic_source: 'platform',
    subscribed_events: eventTypes(names),
    endpoint_secret_key: webhookSecret,
  });
}

/** A further destination with a secret of its own. */
export function createSetting(account: Account, fields: Fields): INotificationSettingsResponse {
  const wanted = listOf(fields['subscribed_events'], 'subscribed_events').map((word) => {
    const name = names.find((known) => known === word);
    if (name === undefined) throw badField('subscribed_events', `${String(word)} is not an event`);
    return name;
  });
  const id = newPaddleId('ntfset');
  return account.put('settings', id, {
    id,
    description: maybeText(fields, 'description') ?? '',
    type: 'url',
    destination: localAddress(textOf(fields, 'destination')),
    active: true,
    api_version: 1,
    include_sensitive_fields: false,
    traffic_source: 'platform',
    subscribed_events: eventTypes(wanted),
    endpoint_secret_key: `pdl_${id}_${randomBytes(24).toString('base64url')}`,
  });
}

export function settingOf(account: Account, id: string): INotificationSettingsResponse {
  const setting = account.get('settings', id);
  if (!setting) throw notFound(id);
  return setting;
}

export function updateSetting(account: Account, id: string, fields: Fields): INotificationSettingsResponse {
  const before = settingOf(account, id);
  const active = fields['active'];
  const destination = maybeText(fields, 'destination');
  return account.put('settings', id, {
    ...before,
    active: typeof active === 'boolean' ? active : before.active,
    destination: destination === null ? before.destination : localAddress(destination),
    description: maybeText(fields, 'description') ?? before.description,
  });
}
