import { isTest } from './source';

/**
 * Why: a switch may stop something and never open anything. So whatever asks one is named here with what it then stops; what decides who may see or
 * do what (permissions, scopes, policies, sessions) is not on the list and never comes onto it.
 */
export const flagReaders: ReadonlyMap<string, string> = new Map([
  ['packages/rules/src/flags/flags.ts', 'the switches themselves: what each stops'],
  ['packages/rules/src/index.ts', 'hands them to the packages above'],
  ['packages/db/src/schema/settings.ts', 'the table'],
  ['packages/api/src/flags/memory.ts', 'remembers what is set'],
  ['packages/api/src/flags/provider.ts', 'answers OpenFeature'],
  ['packages/api/src/flags/flags.ts', 'asks OpenFeature, and refuses'],
  ['packages/api/src/flags/service.ts', 'lists and sets them'],
  ['packages/api/src/flags/router.ts', 'the procedures of them'],
  ['packages/api/src/flags/shapes.ts', 'how one looks on the way to a screen'],
  ['packages/api/src/root.ts', 'gathers the procedures'],
  ['packages/api/src/platform/figures.ts', 'shows the console what a tenant has stopped'],
  ['packages/api/src/platform/router.ts', 'the shape of that'],
  ['packages/api/src/accounts/join.ts', 'stops joining online, and paying for it by card'],
  ['packages/api/src/memberships/renew.ts', 'stops buying the next period by card'],
  ['packages/api/src/memberships/upgrade.ts', 'stops paying for a bigger plan by card'],
  ['packages/api/src/claims/submit.ts', 'stops handing in'],
  ['packages/api/src/enrolments/prepare.ts', 'stops sales by pay link'],
  ['packages/api/src/enrolments/service.ts', 'offers no card while cards are stopped'],
  ['packages/api/src/enrolments/pay-link.ts', 'lets a pay link wait'],
  ['packages/api/src/payments/checkout.ts', 'stops opening a checkout'],
  ['packages/api/src/mails/service.ts', 'lets mails wait'],
  ['apps/member/src/server/site.ts', 'asks for the pages of the member portal'],
  ['apps/member/src/components/paused.tsx', 'says what is stopped'],
  ['apps/admin/src/app/(desk)/settings/switches/switch-dialog.tsx', 'the form that sets one'],
]);

/** Where rights are decided: nothing of it may be on the list. */
export const rightsLiveIn = /^packages\/(?:rules\/src\/permissions\/|auth\/|db\/src\/(?!schema\/settings\.ts)|api\/src\/(?:trpc|context)\.ts|api\/src\/(?:http|second-factor|staff)\/)/u;

const asks = /\bfeatureFlags\b|\bFlagKey\b|\bflagKeySchema\b|\bsetFlagInput\b|from '(?:[^']*\/)?flags(?:\/(?:flags|memory|provider|service|router|shapes))?'|@openfeature\//u;

/** What is wrong between the files that know of a switch and the list. `textOf` gives a file's text. */
export function flagFaults(files: readonly string[], list: ReadonlyMap<string, string>, textOf: (path: string) => string): string[] {
  const asking = files.filter((path) => /^(?:apps|packages)\/.+\.tsx?$/u.test(path) && !isTest(path) && !path.endsWith('/flags/index.ts') && asks.test(textOf(path)));
  return [
    ...asking.filter((path) => !list.has(path)).map((path) => `${path} knows of a switch and is not on the list of what switches stop`),
    ...[...list.keys()].filter((path) => !asking.includes(path)).map((path) => `${path} is on the list of what switches stop and knows of none`),
    ...[...list.keys()].filter((path) => rightsLiveIn.test(path)).map((path) => `${path} decides rights: no switch may`),
  ];
}
