import { isTest } from './source';

/**
 * Why: super admins have a database role of their own, which may read of more than one tenant. Every file that can reach it is named here with what for,
 * so that a new one is a change that somebody reads (I-28).
 */
export const doorKeepers: ReadonlyMap<string, string> = new Map([
  ['packages/db/src/pools.ts', 'opens the connections of the role'],
  ['packages/db/src/platform.ts', 'the door itself: one transaction, outside tenants or in a named one'],
  ['packages/db/src/platform-session.ts', 'the session of a super admin, read on every request of the console'],
  ['packages/db/src/scope.ts', 'makes the scope of a super admin who has entered a tenant, or who makes one ready'],
  ['packages/db/src/index.ts', 'hands the door to the packages above'],
  ['packages/auth/src/seen.ts', 'notes that the browser of a super admin is in use'],
  ['packages/auth/src/platform-sign-in.ts', 'signs a super admin in and out'],
  ['packages/api/src/platform/console.ts', 'one tenant at a time, as the console works in it'],
  ['packages/api/src/platform/command.ts', 'lets whoever holds the login of the role work at the console from a command line, under a super admin\'s name'],
  ['packages/api/src/platform/create.ts', 'makes a tenant from a country pack, step by step'],
  ['packages/api/src/platform/entries.ts', 'enters a tenant with a reason, leaves it, lists who was inside'],
  ['packages/api/src/platform/figures.ts', 'counts of every tenant, visited one after the other'],
  ['packages/api/src/platform/rotate.ts', 'seals second factors of super admins anew when the key was exchanged'],
  ['packages/api/src/platform/status.ts', 'suspends and resumes a tenant with a reason'],
  ['packages/api/src/super-admins/invitations.ts', 'invites super admins and lets them in for the first time'],
  ['packages/api/src/super-admins/disable.ts', 'ends the access of a super admin, and the stay that was running'],
  ['packages/api/src/super-admins/own.ts', 'a super admin and the own account'],
  ['packages/api/src/super-admins/list.ts', 'who the super admins are, and what they did outside every tenant'],
  ['packages/api/src/second-factor/desk.ts', 'the second factor of a super admin'],
]);

const door = /\b(?:withPlatform|platformDoor|platformPool)\b|\bkind: 'console'/u;
// worlds of tests are made through the same door; nothing of the product can import them
const isOfTests = (path: string): boolean => isTest(path) || /\/(?:testing|attacks)\//u.test(path);

/** What is wrong between the files that name the door and the list. `textOf` gives a file's text. */
export function doorFaults(files: readonly string[], list: ReadonlyMap<string, string>, textOf: (path: string) => string): string[] {
  const through = files.filter((path) => /^(?:apps|packages)\/.+\.tsx?$/u.test(path) && !isOfTests(path) && door.test(textOf(path)));
  return [
    ...through.filter((path) => !list.has(path)).map((path) => `${path} goes through the platform's door and is not on its list`),
    ...[...list.keys()].filter((path) => !through.includes(path)).map((path) => `${path} is on the list of the platform's door and does not go through it`),
  ];
}
