import type { TenantScope } from '@interdomestik/db';
import { callerFor } from './callers';

type Settings = ReturnType<typeof callerFor>['settings'];

/** The settings of somebody, each call a request of its own at its own moment: what is published one after the other acts one after the other. */
export function settingsOf(scope: TenantScope): Settings {
  const ask = (name: keyof Settings) => (input: never) => (callerFor(scope).settings[name] as (given: never) => unknown)(input);
  // whoever awaits it must not take it for a promise
  return new Proxy({} as Settings, { get: (_, name) => (name === 'then' ? undefined : ask(name as keyof Settings)) });
}
